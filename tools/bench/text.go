package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
)

// Languages of the inputs.
const (
	zh = "zh"
	en = "en"
)

// faceEvery is how many paragraphs of an ordinary agreement there are to one about faces.
// Of 66,700 paragraphs in 194 published agreements that mention face data, 482 do.
const faceEvery = 50

// texts makes agreements of any size; the same arguments make the same bytes.
type texts interface {
	// Agreement is one of about size bytes in lang, in Markdown, ending with a whole line.
	Agreement(lang string, size int, seed uint64) []byte
	// Folder is n agreements of mean bytes on average, as in a folder of a law firm.
	Folder(n, mean int) [][]byte
}

// faceConcepts are those by which a paragraph is about faces.
var faceConcepts = []string{"FACE", "FACE WORD", "BIOMETRIC"}

// paragraphs are those of the fixtures in one language: those about faces, those near to
// it, about pictures or with other words of Article 11, and those with neither.
type paragraphs struct{ ordinary, faces, near []string }

// made makes agreements of the paragraphs of the fixtures. In ordinary ones a paragraph
// in faceEvery is about faces, and another one near to it; if dense, every one is about
// faces.
type made struct {
	from  map[string]*paragraphs
	dense bool
}

// readFixtures reads the text and Markdown files under root, without the marks of expected
// findings, headings, tables and what Markdown would not show.
func readFixtures(root string, lexicon *clauses.Lexicon) (map[string]*paragraphs, error) {
	of := map[string]*paragraphs{zh: {}, en: {}}
	files, err := textFiles(root)
	if err != nil {
		return nil, err
	}
	faces := phrasesOf(lexicon, faceConcepts)
	near := phrasesOf(lexicon, append([]string{"LIKENESS", "PHOTO"}, article11...))
	for _, data := range files {
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			if utf8.RuneCountInString(line) < 20 || strings.HasPrefix(line, "^^^") || strings.ContainsAny(line, "|#`<>") {
				continue
			}
			p := of[languageOf(line)]
			switch lower := strings.ToLower(line); {
			case containsAny(lower, faces):
				p.faces = append(p.faces, line)
			case containsAny(lower, near):
				p.near = append(p.near, line)
			default:
				p.ordinary = append(p.ordinary, line)
			}
		}
	}
	for lang, p := range of {
		if len(p.ordinary) == 0 || len(p.faces) == 0 || len(p.near) == 0 {
			return nil, fmt.Errorf("%s: no paragraphs in %s of all three sorts", root, lang)
		}
	}
	return of, nil
}

// withWords are the paragraphs that hold words of faceConcepts or article11.
func withWords(of map[string]*paragraphs) string {
	var all []string
	for _, lang := range []string{zh, en} {
		all = append(all, slices.Concat(of[lang].faces, of[lang].near)...)
	}
	return strings.Join(all, "\n")
}

func (m made) Agreement(lang string, size int, seed uint64) []byte {
	p := m.from[lang]
	pick := rand.New(rand.NewPCG(seed, 1))
	var out bytes.Buffer
	for n := 1; out.Len() < size; n++ {
		if n%20 == 1 {
			out.WriteString(heading(lang, n/20+1))
		}
		list := p.ordinary
		switch {
		case m.dense || n%faceEvery == 0:
			list = p.faces
		case n%faceEvery == faceEvery/2:
			list = p.near
		}
		fmt.Fprintf(&out, clauseNumber[lang]+" %s\n\n", (n-1)/20+1, (n-1)%20+1, list[pick.IntN(len(list))])
	}
	return wholeLines(out.Bytes(), size)
}

// clauseNumber makes each paragraph another one. Vale takes those that are equal, but for
// figures alone before them, as one, and long to tell them apart.
var clauseNumber = map[string]string{zh: "第%d.%d条", en: "Clause %d.%d"}

func heading(lang string, n int) string {
	if lang == zh {
		return fmt.Sprintf("## %d. 第%d部分\n\n", n, n)
	}
	return fmt.Sprintf("## %d. Part %d\n\n", n, n)
}

// Folder is Chinese and English in turn, from a fifth to nine fifths of mean.
func (m made) Folder(n, mean int) [][]byte {
	pick := rand.New(rand.NewPCG(uint64(n), 2))
	all := make([][]byte, n)
	for i := range all {
		all[i] = m.Agreement([]string{zh, en}[i%2], mean/5+pick.IntN(mean*8/5), uint64(i))
	}
	return all
}

// published makes agreements of those in a folder: whole ones, one after the other.
type published map[string][][]byte

// readPublished reads the text and Markdown files under root.
func readPublished(root string) (published, error) {
	files, err := textFiles(root)
	if err != nil {
		return nil, err
	}
	of := published{}
	for _, data := range files {
		of[languageOf(string(data))] = append(of[languageOf(string(data))], data)
	}
	for _, lang := range []string{zh, en} {
		if len(of[lang]) == 0 {
			return nil, fmt.Errorf("%s: no .md or .txt file in %s", root, lang)
		}
	}
	return of, nil
}

func (r published) Agreement(lang string, size int, seed uint64) []byte {
	var out bytes.Buffer
	for i := int(seed); out.Len() < size; i++ {
		out.Write(r[lang][i%len(r[lang])])
		out.WriteString("\n")
	}
	return wholeLines(out.Bytes(), size)
}

// Folder is n agreements as they are, whatever the mean.
func (r published) Folder(n, _ int) [][]byte {
	both := slices.Concat(r[zh], r[en])
	all := make([][]byte, n)
	for i := range all {
		all[i] = both[i%len(both)]
	}
	return all
}

// textFiles are the UTF-8 .md and .txt files under root in the order of their paths.
func textFiles(root string) ([][]byte, error) {
	var all [][]byte
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !slices.Contains([]string{".md", ".txt"}, filepath.Ext(path)) || e.Name() == "README.md" {
			return err
		}
		data, err := os.ReadFile(path)
		if err == nil && utf8.Valid(data) && !bytes.ContainsRune(data, 0) {
			all = append(all, data)
		}
		return err
	})
	return all, err
}

// languageOf is zh if a tenth of the letters are Chinese characters.
func languageOf(text string) string {
	han, letters := 0, 0
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			han++
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if han*10 > letters {
		return zh
	}
	return en
}

func containsAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// wholeLines is the lines of text that end within size bytes, or the beginning of the
// first as far as whole characters go.
func wholeLines(text []byte, size int) []byte {
	if len(text) <= size {
		return text
	}
	if end := bytes.LastIndexByte(text[:size], '\n'); end >= 0 {
		return text[:end+1]
	}
	for size > 0 && !utf8.RuneStart(text[size]) {
		size--
	}
	return append(text[:size:size], '\n')
}
