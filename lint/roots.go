package lint

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
	"github.com/clauselint/clauselint/document"
)

// anchorRoots are the letters without which no anchor of facial data can be in
// a text. Where none stands, nothing is read further.
var anchorRoots = []string{
	"脸", "颜", "貌", "面部", "面容", "面孔", "面庞", "面型", "面纹", "面相", "面像", "面印", "颅面", "人面", "正面免冠", "正面照", "面照", "五官", "微表情", "人像",
	"头像", "肖像", "影像", "半身像", "头肩像", "人物图像", "人物图片", "抓拍图", "监控画面", "监控截图", "监控录像", "录影", "活体", "人证", "实人", "真人",
	"生物", "生理特征", "形象", "自拍", "音容", "模样", "长相", "倩影", "合影", "全家福", "写真", "大头", "相片", "证件相", "人视频", "人物视频", "照片",
	"照相", "活照", "近照", "冠照", "记照", "名照", "寸照", "牌照", "作照", "生照", "籍照", "业照", "职照", "员照", "案照", "准照", "合照", "体照",
	"个照", "人照", "身照", "拍照", "术照", "美照", "宝照", "肩照", "底照", "件照", "证照", "玉照", "头照", "相照",
	"face", "micro expression", "microexpression", "micro-expression", "facial", "faces", "biometric", "likeness", "live ness", "liveness", "selfie", "persona.", "personality right", "portra",
	"photo", "pic.", "pics.", "picture", "image", "shot of", "shots of", "mug", "snapshot", "screenshot",
	"headshot", "head shot", "profile shot", "webcam", "appearance", "resemblance", "semblance", "simulacr",
	"effigy", "depiction", "representation of", "footage", "camera footage", "film of", "filmed", "video of",
	"video selfie", "video clip", "video footage", "short video", "recordings of", "visual recording",
	"audiovisual recording", "av recording", "look like", "how you look", "what you look", "the way you look",
	"digital replica", "digital double", "virtual double", "body double", "caricature", "name voice",
	"voice likeness", "voice image", "nil rights", "publicity", "right of publicity", "visage", "countenance",
	"physiognomy", "passport photo", "passport size", "passport style", "close ups", "closeup", "frame grab",
	"screen grab", "jpeg",
}

// rootsOf is roots of the phrases of a concept: a Chinese phrase itself, the first word of an
// English one without its ending.
func rootsOf(c *clauses.ConceptInfo) []string {
	var out []string
	for _, p := range c.Expanded() {
		p = document.FoldString(p)
		if !hasHan(p) {
			p, _, _ = strings.Cut(strings.ReplaceAll(p, "-", " "), " ")
			p = strings.TrimRight(p, "*!")
			p = p[:max(2, min(len(p), len(p)-1))]
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// roots finds roots in folded texts. A Latin root stands at the beginning of a
// word, a Chinese one anywhere; one that ends in a dot is a whole word.
type roots struct {
	han   map[rune][]string
	latin map[[2]byte][]string // by the first two letters
	first runeFilter
	pairs pairFilter // of the first two letters, of Latin ones
}

// runeFilter is a set of runes that may hold a few more than were added.
type runeFilter [1024]uint64

func (f *runeFilter) add(r rune)      { f[r/64%1024] |= 1 << (r % 64) }
func (f *runeFilter) has(r rune) bool { return f[r/64%1024]&(1<<(r%64)) != 0 }

func newRoots(list []string) *roots {
	x := &roots{han: map[rune][]string{}, latin: map[[2]byte][]string{}}
	for _, root := range list {
		if r, _ := utf8.DecodeRuneInString(root); r >= utf8.RuneSelf {
			x.han[r] = append(x.han[r], root)
			x.first.add(r)
		} else {
			k := [2]byte{root[0], root[1]}
			x.latin[k] = append(x.latin[k], root)
			x.pairs.add(rune(k[0]), rune(k[1]))
		}
	}
	return x
}

// in reports whether one of the roots is in folded.
func (x *roots) in(folded string) bool {
	word := false // inside one
	for i := 0; i < len(folded); {
		c := folded[i]
		if c < utf8.RuneSelf {
			if !word && i+1 < len(folded) && x.pairs.has(rune(c), rune(folded[i+1])) && begins(folded[i:], x.latin[[2]byte{c, folded[i+1]}]) {
				return true
			}
			word = isWordByte(c)
			i++
			continue
		}
		r, n := runeAt(folded, i)
		if x.first.has(r) && begins(folded[i:], x.han[r]) {
			return true
		}
		word = false
		i += n
	}
	return false
}

func begins(s string, list []string) bool {
	for _, root := range list {
		word, whole := strings.CutSuffix(root, ".")
		if strings.HasPrefix(s, word) && !(whole && len(s) > len(word) && isWordByte(s[len(word)])) {
			return true
		}
	}
	return false
}
