package document

import (
	"bytes"
	"sync"
	"unicode/utf8"
)

// sampleSize is how much of a file is decoded in each encoding for comparison.
const sampleSize = 64 << 10

// detect names the encoding of data, which has no byte order mark, or is
// empty for a binary file. Statistics of bytes fail on short texts; decoding
// and counting everyday characters does not.
func detect(data []byte) string {
	if bytes.IndexByte(data, 0) >= 0 {
		return detectUTF16(data)
	}
	if utf8.Valid(data) {
		return "utf-8"
	}
	// The first byte above ASCII is the first byte of a character in all of
	// the encodings but UTF-16, whose Chinese text holds ASCII bytes as well.
	first := bytes.IndexFunc(data, func(r rune) bool { return r >= utf8.RuneSelf })
	tail := data[first:min(len(data), first+sampleSize)]
	if bad, chars, _ := weigh(tail, stepUTF8); bad*5 < chars {
		return "utf-8" // somewhat damaged, but UTF-8 does not come about by chance
	}
	best, top := "", 0.0
	for _, name := range []string{"gb18030", "big5", "utf-16le", "utf-16be"} {
		sample := tail
		if name[0] == 'u' {
			sample = data[:min(len(data), sampleSize)]
		}
		if share := score(sample, steppers[name]); share > top {
			best, top = name, share
		}
	}
	// Prose in its own encoding is everyday characters for the most part.
	if top < 0.25 && mostlyASCII(data) {
		return "windows-1252"
	}
	if best == "" {
		return "gb18030"
	}
	return best
}

// detectUTF16 decides for data with NUL bytes: UTF-16 has them in the high
// half of each ASCII character, thus all at even or all at odd offsets.
func detectUTF16(data []byte) string {
	sample := data[:min(len(data), sampleSize)]
	var nul [2]int
	for i, c := range sample {
		if c == 0 {
			nul[i%2]++
		}
	}
	name := "utf-16le"
	if nul[0] > nul[1] {
		name = "utf-16be"
	}
	bad, chars, common := weigh(sample, steppers[name])
	ascii := countPrintable(sample, steppers[name])
	if bad*20 > chars+ascii || (common+ascii)*2 < chars+ascii || nul[0]*8 > nul[1] && nul[1]*8 > nul[0] {
		return ""
	}
	return name
}

// mistaken is the encoding that data is in where that is plain and name, which
// somebody asked for, makes gibberish of it; else empty. To lint gibberish
// would find nothing and say so.
func mistaken(data []byte, name string) string {
	better := detect(data)
	if mark, _ := byteOrderMark(data); mark != "" {
		better = mark
	}
	sample := data[:min(len(data), sampleSize)]
	if better == "" || better == name || legible(sample, steppers[name]) >= 0.25 || legible(sample, steppers[better]) < 0.6 {
		return ""
	}
	return better
}

// legible is the share of characters that prose is made of, ASCII among them.
func legible(sample []byte, step stepper) float64 {
	bad, chars, common := weigh(sample, step)
	ascii := countPrintable(sample, step)
	if chars+ascii == 0 {
		return 1
	}
	return float64(common+ascii-5*bad) / float64(chars+ascii)
}

func countPrintable(sample []byte, step stepper) (n int) {
	for i := 0; i < len(sample); {
		r, size := step(sample[i:])
		if r >= ' ' && r < 0x7F || r == '\n' || r == '\r' || r == '\t' {
			n++
		}
		i += size
	}
	return n
}

// score is the share of everyday characters among those above ASCII; a
// malformed place weighs against five of them.
func score(sample []byte, step stepper) float64 {
	bad, chars, common := weigh(sample, step)
	if chars == 0 {
		return 0
	}
	return float64(common-5*bad) / float64(chars)
}

// weigh decodes sample and counts malformed places, characters above ASCII
// (malformed ones included) and everyday characters among them.
func weigh(sample []byte, step stepper) (bad, chars, common int) {
	everyday := everydaySet()
	for i := 0; i < len(sample); {
		r, size := step(sample[i:])
		i += size
		switch {
		case r == -1 && len(sample)-i < 4 && len(sample) == sampleSize:
			// The sample ends inside a character.
		case r == -1:
			bad++
			chars++
		case r >= utf8.RuneSelf:
			chars++
			if _, ok := everyday[r]; ok {
				common++
			}
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f':
			bad++ // no text has control characters
			chars++
		}
	}
	return bad, chars, common
}

func mostlyASCII(data []byte) bool {
	high := 0
	for _, c := range data {
		if c >= utf8.RuneSelf {
			high++
		}
	}
	return high*4 < len(data)
}

var everydaySet = sync.OnceValue(func() map[rune]struct{} {
	set := make(map[rune]struct{}, 1200)
	for _, r := range everyday {
		set[r] = struct{}{}
	}
	return set
})

// everyday is what Chinese prose is made of, in both scripts, with the words
// that contracts add.
const everyday = "，。、；：“”‘’《》（）「」【】！？—–…·•×°①②③④⑤⑥⑦⑧⑨⑩　０１２３４５６７８９" +
	"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近千周委素技备半办青省列习响约支般史感劳便团往历市克何除消构府称太准精值号率族维划选标写存候亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该价严" +
	"您授隐私脸像息户协议服款项违赔偿责限索免甲乙双签署订履永久撤销许册账码密护储未满岁监纠纷仲裁诉讼院依据遵守披露让第声删" +
	"這個為國們來時說產種後學經進著電裡現實體機當點從業應開還樣與關線內數無軍並題黨員總設長頭資邊級圖統見計別農幾區強決戰則處隊給門規熱東導器壓爭濟階術極聯認權證轉單風帶場車務萬達積議聲報類離華確張馬節話況傳許廣記織裝眾書復兒須際驗連斷難備辦習響約勞團歷構稱準號維劃選標寫親養層專狀廠識適屬圓調滿縣參紅細聽該價嚴" +
	"隱臉像戶協服款項違賠償責限條簽署訂履撤銷冊帳碼護儲監糾紛訴訟讓刪蒐閱覽於會對發動過請將並網路資訊隨時您同意提供"
