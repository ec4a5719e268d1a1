package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/clauselint/clauselint/clauses"
)

// phrasesEach is how many phrases of each language the peers look for. More cost them
// more, so few are the harder comparison for us.
const phrasesEach = 20

// article11 are the concepts of which Article 11 of the judicial interpretation speaks.
var article11 = []string{"FACE", "PERPETUAL", "IRREVOCABLE", "SUBLICENSABLE"}

// commonPhrases are the phrases of article11 that samples hold most often, phrasesEach of
// each language. None holds another, so that every tool counts the same.
func commonPhrases(lexicon *clauses.Lexicon, samples string) ([]string, error) {
	samples = strings.ToLower(samples)
	var chosen []string
	for _, lang := range []string{zh, en} {
		n := 0
		for _, p := range byCount(plainPhrases(lexicon, article11), samples) {
			if n == phrasesEach {
				break
			}
			if languageOf(p) == lang && !overlaps(p, chosen) {
				chosen = append(chosen, p)
				n++
			}
		}
		if n < phrasesEach {
			return nil, fmt.Errorf("only %d phrases in %s, want %d", n, lang, phrasesEach)
		}
	}
	return chosen, nil
}

// allPhrases are those that every sentence is searched for.
func allPhrases(lexicon *clauses.Lexicon) []string {
	var names []string
	for _, c := range lexicon.Concepts {
		if !c.Kind.Second() {
			names = append(names, c.Name)
		}
	}
	return plainPhrases(lexicon, names)
}

// plainPhrases are those phrases of the concepts that mean the same as a pattern and as a
// literal. A phrase with a gap in it is none.
func plainPhrases(lexicon *clauses.Lexicon, names []string) []string {
	return slices.DeleteFunc(phrasesOf(lexicon, names), func(p string) bool { return !isPlain(p) })
}

// phrasesOf are the phrases of the concepts, in lower case and in order, each once. A star
// at the end goes, because a literal search finds beginnings of words anyway.
func phrasesOf(lexicon *clauses.Lexicon, names []string) []string {
	var all []string
	for _, name := range names {
		if c, ok := lexicon.Concept(name); ok {
			for _, p := range lexicon.Concepts[c].Expanded() {
				all = append(all, strings.ToLower(strings.TrimRight(p, "*!")))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isPlain reports whether p is letters and spaces, and more than one letter.
func isPlain(p string) bool {
	for _, r := range p {
		if !unicode.IsLetter(r) && r != ' ' {
			return false
		}
	}
	return len(p) > 2
}

// byCount is the phrases that occur in text, the most frequent first.
func byCount(phrases []string, text string) []string {
	count := map[string]int{}
	for _, p := range phrases {
		if n := strings.Count(text, p); n > 0 {
			count[p] = n
		}
	}
	found := slices.DeleteFunc(slices.Clone(phrases), func(p string) bool { return count[p] == 0 })
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(count[b], count[a]) })
	return found
}

func overlaps(p string, chosen []string) bool {
	return slices.ContainsFunc(chosen, func(c string) bool { return strings.Contains(c, p) || strings.Contains(p, c) })
}

// writePhrases writes the phrases into dir as each peer wants them.
func writePhrases(dir string, common, all []string) error {
	files := map[string]string{
		"phrases.txt":     strings.Join(common, "\n") + "\n",
		"all-phrases.txt": strings.Join(all, "\n") + "\n",
		".vale.ini":       "StylesPath = styles\nMinAlertLevel = suggestion\n\n[*.md]\nBasedOnStyles = Same\n",
		// Without nonword, Vale wants a word boundary around Chinese and finds a quarter.
		"styles/Same/Phrases.yml": "extends: existence\nmessage: \"%s\"\nlevel: warning\nignorecase: true\nnonword: true\ntokens:\n  - " + strings.Join(common, "\n  - ") + "\n",
		"prh.yml":                 "version: 1\nrules:\n  - expected: \"-\"\n    pattern: /" + strings.Join(common, "|") + "/gi\n",
	}
	files["textlintrc.json"] = fmt.Sprintf(`{"rules": {"prh": {"rulePaths": [%q]}}}`, filepath.Join(dir, "prh.yml")) + "\n"
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
