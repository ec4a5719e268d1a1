package segment
import ("testing";"os";"path/filepath";"github.com/clauselint/clauselint/document")
func TestZZ(t *testing.T){
 fs,_:=filepath.Glob("/work/shared/corpus/*/*/*")
 f2,_:=filepath.Glob("/work/shared/corpus/*/*"); n:=0
 for _,f:=range append(fs,f2...) { x,err:=os.ReadFile(f); if err!=nil {continue}; d,err:=document.Read(f,x,document.Options{}); if err!=nil||d==nil {continue}; t.Run(f,func(t *testing.T){check(t,Cut(d))}); n++}
 t.Log(n)
}
