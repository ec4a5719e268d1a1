package segment
import ("testing";"os";"path/filepath";"github.com/clauselint/clauselint/document")
func BenchmarkX(b *testing.B){
 fs,_:=filepath.Glob("/work/shared/corpus/agreements/"+os.Getenv("L")+"/*")
 var ds []*document.Document; n:=0
 for _,f:=range fs { x,_:=os.ReadFile(f); d,err:=document.Read(f,x,document.Options{}); if err==nil {ds=append(ds,d); n+=len(d.Text)}}
 b.SetBytes(int64(n)); b.ReportAllocs()
 for b.Loop() { for _,d:=range ds {Cut(d)} }
}
