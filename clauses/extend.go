package clauses

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Extend is base with what a folder adds to it, in the form of [Load]: pages of rules,
// concepts/*.txt, statutes/*.md and facts/*.md, each of which may be absent. A page with
// the id of a rule or fact of base takes its place, and so does an article of a statute. A concept of base
// that is declared again gets the new phrases besides its own; with an exclamation mark
// before its name it has only them. base is not changed. Errors are those of Load.
func Extend(base *Library, fsys fs.FS) (*Library, error) {
	if !hasPages(fsys) {
		return nil, errors.New("neither a rule page (*.md), nor concepts/*.txt, statutes/*.md or facts/*.md is there")
	}
	lib := &Library{Lexicon: base.Lexicon.clone()}
	lib.Rules, lib.Facts = slices.Clone(base.Rules), slices.Clone(base.Facts)
	for _, i := range base.Instruments {
		own := *i
		own.Articles = slices.Clone(i.Articles)
		lib.Instruments = append(lib.Instruments, &own)
	}
	p := conceptParser{lex: lib.Lexicon, base: len(lib.Lexicon.Concepts), declared: make([]string, len(lib.Lexicon.Concepts))}
	if err := lib.read(fsys, &p, true); err != nil {
		return nil, err
	}
	return lib, nil
}

// hasPages reports whether fsys holds a file that a library reads.
func hasPages(fsys fs.FS) bool {
	for _, pattern := range []string{"*.md", "concepts/*.txt", "statutes/*.md", "facts/*.md"} {
		// Glob fails only for a bad pattern.
		if names, _ := fs.Glob(fsys, pattern); slices.ContainsFunc(names, func(n string) bool { return n != "README.md" }) {
			return true
		}
	}
	return false
}

// clone is a copy of l that can be added to.
func (l *Lexicon) clone() *Lexicon {
	out := &Lexicon{Concepts: slices.Clone(l.Concepts), Guards: slices.Clone(l.Guards), names: slices.Clone(l.names)}
	for i := range out.Concepts {
		c := &out.Concepts[i]
		c.Phrases, c.Compositions = slices.Clip(c.Phrases), slices.Clip(c.Compositions)
	}
	return out
}

// putRule adds r, in the place of a rule with its id if there is one.
func (l *Library) putRule(r *Rule) {
	at, found := slices.BinarySearchFunc(l.Rules, r.ID, func(r *Rule, id string) int { return strings.Compare(r.ID, id) })
	if found {
		l.Rules[at] = r
		return
	}
	l.Rules = slices.Insert(l.Rules, at, r)
}

// putFact adds f, in the place of a fact with its id if there is one.
func (l *Library) putFact(f *Fact) {
	at, found := slices.BinarySearchFunc(l.Facts, f.ID, func(f *Fact, id string) int { return strings.Compare(f.ID, id) })
	if found {
		l.Facts[at] = f
		return
	}
	l.Facts = slices.Insert(l.Facts, at, f)
}

// putInstrument adds ins, or its articles to those of the instrument with its id.
func (l *Library) putInstrument(ins *Instrument) {
	at, found := slices.BinarySearchFunc(l.Instruments, ins.ID, func(i *Instrument, id string) int { return strings.Compare(i.ID, id) })
	if !found {
		l.Instruments = slices.Insert(l.Instruments, at, ins)
		return
	}
	for _, a := range ins.Articles {
		if old := l.Instruments[at].Article(a.Number); old != nil {
			*old = a
		} else {
			l.Instruments[at].Articles = append(l.Instruments[at].Articles, a)
		}
	}
}
