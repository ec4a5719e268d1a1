package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clauselint/clauselint/clauses"
)

func fromFixtures(t *testing.T) (map[string]*paragraphs, *clauses.Lexicon) {
	t.Helper()
	library, err := clauses.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	of, err := readFixtures("../../fixtures", library.Lexicon)
	if err != nil {
		t.Fatal(err)
	}
	return of, library.Lexicon
}

func TestAgreementHasItsSizeAndIsTheSameEachTime(t *testing.T) {
	of, _ := fromFixtures(t)
	for _, m := range []made{{from: of}, {from: of, dense: true}} {
		for _, lang := range []string{zh, en} {
			for _, size := range []int{1, 10, kb, 20 * kb, 300 * kb} {
				a := m.Agreement(lang, size, 7)
				if len(a) > size+1 || size >= 20*kb && len(a) < size*9/10 {
					t.Errorf("%s, dense %v: %d bytes, want about %d", lang, m.dense, len(a), size)
				}
				if !utf8.Valid(a) {
					t.Errorf("%s, %d bytes: a character is cut", lang, size)
				}
				if !bytes.Equal(a, m.Agreement(lang, size, 7)) {
					t.Errorf("%s, %d bytes: another text the second time", lang, size)
				}
			}
			if bytes.Equal(m.Agreement(lang, kb, 1), m.Agreement(lang, kb, 2)) {
				t.Errorf("%s: another seed gives the same text", lang)
			}
			if got := languageOf(string(m.Agreement(lang, 20*kb, 1))); got != lang {
				t.Errorf("asked for %s, got %s", lang, got)
			}
		}
	}
}

// Ordinary agreements must be ordinary: a figure for a text full of faces, or with none,
// would say nothing about a folder of contracts.
func TestFacesAreRareInOrdinaryAgreements(t *testing.T) {
	of, lexicon := fromFixtures(t)
	faces := phrasesOf(lexicon, faceConcepts)
	share := func(m made, lang string) float64 {
		all, about := 0, 0
		for line := range strings.Lines(string(m.Agreement(lang, 500*kb, 1))) {
			if line == "\n" || strings.HasPrefix(line, "#") {
				continue
			}
			all++
			if containsAny(strings.ToLower(line), faces) {
				about++
			}
		}
		return float64(about) / float64(all)
	}
	for _, lang := range []string{zh, en} {
		if got := share(made{from: of}, lang); got < 0.015 || got > 0.02 {
			t.Errorf("%s: %.3f of an ordinary agreement name faces, want one in fifty", lang, got)
		}
		if got := share(made{from: of, dense: true}, lang); got < 0.99 {
			t.Errorf("%s: %.3f of a dense agreement name faces, want all", lang, got)
		}
	}
}

func TestFolder(t *testing.T) {
	of, _ := fromFixtures(t)
	all := made{from: of}.Folder(200, 10*kb)
	if len(all) != 200 {
		t.Fatalf("%d agreements", len(all))
	}
	if mean := len(bytes.Join(all, nil)) / len(all); mean < 8*kb || mean > 12*kb {
		t.Errorf("%d bytes on average, want about %d", mean, 10*kb)
	}
	if languageOf(string(all[0])) != zh || languageOf(string(all[1])) != en {
		t.Error("not Chinese and English in turn")
	}
}

func TestPublishedAgreementsAreTakenWhole(t *testing.T) {
	p := published{zh: {[]byte("第一份。"), []byte("第二份。")}, en: {[]byte("One.")}}
	if got := string(p.Agreement(zh, 30, 1)); got != "第二份。\n第一份。\n" {
		t.Errorf("%q", got)
	}
	if got := p.Folder(4, 0); string(got[0]) != "第一份。" || string(got[2]) != "One." || string(got[3]) != "第一份。" {
		t.Errorf("%q", got)
	}
}

func TestCommonPhrases(t *testing.T) {
	of, lexicon := fromFixtures(t)
	phrases, err := commonPhrases(lexicon, withWords(of))
	if err != nil {
		t.Fatal(err)
	}
	if len(phrases) != 2*phrasesEach {
		t.Errorf("%d phrases", len(phrases))
	}
	known := plainPhrases(lexicon, article11)
	for _, p := range phrases {
		if !slices.Contains(known, p) {
			t.Errorf("%q is none of the library's", p)
		}
		others := slices.DeleteFunc(slices.Clone(phrases), func(q string) bool { return q == p })
		if overlaps(p, others) {
			t.Errorf("%q holds another or is held by one: tools will not count alike", p)
		}
	}
	if _, err := commonPhrases(lexicon, "nothing of the kind"); err == nil {
		t.Error("no error for a text without the phrases")
	}
}
