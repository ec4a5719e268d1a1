package clauses

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
)

// Load reads a library from a folder: concepts/*.txt, statutes/*.md,
// facts/*.md and one page per rule, *.md (README.md is not a rule). An error begins with the file
// and line, and names the nearest known name after a slip of the pen.
func Load(fsys fs.FS) (*Library, error) {
	lib := &Library{Lexicon: &Lexicon{}}
	if err := lib.read(fsys, &conceptParser{lex: lib.Lexicon}, false); err != nil {
		return nil, err
	}
	return lib, nil
}

// read adds what the folder holds to l; with optional, concepts and statutes may be
// absent, as facts may in any library.
func (l *Library) read(fsys fs.FS, p *conceptParser, optional bool) error {
	err := eachFile(fsys, "concepts", ".txt", optional, func(name, text string) error {
		return p.parse(name, text)
	})
	if err == nil {
		err = p.resolve()
	}
	if err == nil {
		err = eachFile(fsys, "statutes", ".md", optional, func(name, text string) error {
			ins, err := parseInstrument(name, text)
			if err == nil {
				l.putInstrument(ins)
			}
			return err
		})
	}
	if err == nil {
		err = eachFile(fsys, "facts", ".md", true, func(name, text string) error {
			f, err := parseFact(name, text)
			if err == nil {
				l.putFact(f)
			}
			return err
		})
	}
	if err == nil {
		err = eachFile(fsys, ".", ".md", false, func(name, text string) error {
			if name == "README.md" {
				return nil
			}
			r, err := l.parseRule(name, text)
			if err == nil {
				l.putRule(r)
			}
			return err
		})
	}
	if err == nil {
		err = l.check()
	}
	return err
}

// maxFile is the largest file of a library, in bytes; the largest of ours has 100 kB.
const maxFile = 1 << 20

// eachFile parses the files of a folder with this extension, in the order of their names.
func eachFile(fsys fs.FS, dir, ext string, optional bool, parse func(name, text string) error) error {
	entries, err := fs.ReadDir(fsys, dir)
	if optional && errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ext {
			continue
		}
		name := path.Join(dir, e.Name())
		info, err := fs.Stat(fsys, name)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() || info.Size() > maxFile {
			return fmt.Errorf("%s: not a file of at most %d kB", name, maxFile>>10)
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if err := parse(name, string(data)); err != nil {
			return err
		}
	}
	return nil
}

// check finds what no single page can know: a rule that absorbs one that is not
// there, an article that no statute page has.
func (l *Library) check() error {
	for _, r := range l.Rules {
		for _, id := range r.Absorbs {
			if l.Rule(id) == nil {
				return fmt.Errorf("%s: no rule %q%s", r.at("absorbs", id), id, nearest(id, l.RuleIDs()))
			}
		}
		if err := l.checkBasis(r.Basis, func(word string) string { return r.at("basis", word) }); err != nil {
			return err
		}
	}
	for _, f := range l.Facts {
		if err := l.checkBasis(f.Basis, func(string) string { return "facts/" + f.ID + ".md" }); err != nil {
			return err
		}
	}
	return nil
}

// checkBasis finds a citation of an article that no statute page has; at is where a
// word of the citations stands.
func (l *Library) checkBasis(basis []Citation, at func(word string) string) error {
	for _, c := range basis {
		ins := l.Instrument(c.Instrument)
		if ins == nil {
			var ids []string
			for _, o := range l.Instruments {
				ids = append(ids, o.ID)
			}
			return fmt.Errorf("%s: no page statutes/%s.md for %s%s", at(c.String()), c.Instrument, c, nearest(c.Instrument, ids))
		}
		if ins.Article(c.Article) == nil {
			var numbers []string
			for _, a := range ins.Articles {
				numbers = append(numbers, a.Number)
			}
			return fmt.Errorf("%s: statutes/%s.md has no article %s; it has %s", at(c.String()), c.Instrument,
				articleNumber(c.Article), strings.Join(numbers, ", "))
		}
	}
	return nil
}

// at is the place in r's page of the line that gives key the value that holds
// word, as errors begin: "perpetual-grant.md:5".
func (r *Rule) at(key, word string) string {
	for i, line := range strings.Split(r.Page, "\n") {
		if k, v, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(k) == key && strings.Contains(v, word) {
			return fmt.Sprintf("%s.md:%d", r.ID, i+1)
		}
	}
	return r.ID + ".md"
}

// articleNumber is the article without its paragraph: "14" of "14(1)".
func articleNumber(article string) string {
	n, _, _ := strings.Cut(article, "(")
	return n
}
