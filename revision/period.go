package revision

// storing are the concepts of keeping data.
var storing = []string{"STORAGE", "KEEP", "STORAGE MENTIONED"}

// periods tells where face data is kept longer than before.
func (x *comparison) periods() {
	for n := range x.New.sentences {
		o := x.pairs.old[n]
		if o < 0 || x.pairs.same[n] {
			continue
		}
		was, is := &x.Old.sentences[o], &x.New.sentences[n]
		if !is.AboutFaces() || !is.SaysAny(storing) || !was.SaysAny(storing) {
			continue
		}
		before, at := was.Period(x.Old.Doc)
		after, to := is.Period(x.New.Doc)
		if before > 0 && after > before {
			x.add(Change{Kind: PeriodLengthened, Old: at, New: to})
		}
	}
}
