package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// The marks in the page between which the tables stand.
const (
	beginMark = "<!-- make bench: begin -->\n"
	endMark   = "<!-- make bench: end -->\n"
)

// updatePage puts the tables between the marks of the page at path.
func updatePage(path, tables string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, begins := strings.Cut(string(page), beginMark)
	_, after, ends := strings.Cut(rest, endMark)
	if !begins || !ends {
		return fmt.Errorf("%s: no lines %q and %q with the tables between them", path, strings.TrimSpace(beginMark), strings.TrimSpace(endMark))
	}
	return os.WriteFile(path, []byte(before+beginMark+"\n"+tables+"\n\n"+endMark+after), 0o666)
}

// table is one of Markdown.
type table struct{ out strings.Builder }

func (t *table) row(cells ...string) {
	t.out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func newTable(columns ...string) *table {
	t := &table{}
	t.row(columns...)
	t.out.WriteString(strings.Repeat("|---", len(columns)) + "|\n")
	return t
}

// tables are the results in Markdown.
func (r *results) tables(peers []peer, source string) string {
	var missing []string
	var present []string
	for _, p := range peers {
		if p.path == "" {
			missing = append(missing, fmt.Sprintf("%s is absent; to compare with it: %s.", p.name, p.install))
		} else {
			present = append(present, strings.TrimSpace(p.name+" "+p.version))
		}
	}
	intro := fmt.Sprintf("%d cores, %s/%s, %s. Texts: %s.", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), source)
	if len(present) > 0 {
		intro += " Compared with " + strings.Join(present, ", ") + "."
	}
	if len(missing) > 0 {
		intro += "\n" + strings.Join(missing, "\n")
	}
	return strings.Join([]string{
		intro,
		"### The bars", r.barTable(),
		"### Whole processes", r.processTable(),
		"### The same phrases", r.hitTable(),
		"### How cost grows", r.growthTable(),
		"### The language server", r.latencyTable(),
	}, "\n\n")
}

func (r *results) barTable() string {
	t := newTable("bar", "measured", "")
	for _, b := range r.bars() {
		t.row(b.promise, b.measured, b.verdict())
	}
	return strings.TrimRight(t.out.String(), "\n")
}

func (r *results) processTable() string {
	t := newTable("input", "tool", "median", "clauselint takes", "peak memory", "runs")
	for _, input := range []string{in1KB, in20KB, in1MB, in1MBen, in1MBfaces, inFolder, inCores, in100MB, inWord10, inWord200} {
		label := fmt.Sprintf("%s (%s)", input, significant(float64(r.sizes[input])/mb)+" MB")
		for _, tool := range []string{ours, oneCore, annotate, empty, ripgrep, rgAll, vale, textlint, pandoc} {
			s := r.processes[input][tool]
			switch {
			case s == nil:
				continue
			case !s.measured():
				t.row(label, tool, "over the limit", "", "", "0")
			default:
				compared := ""
				if mine := r.processes[input][ours]; tool != ours && mine.measured() {
					compared = times(ratio(mine, s))
				}
				t.row(label, tool, milliseconds(s.wall()), compared, megabytes(s.peak()), fmt.Sprint(len(s.samples)))
			}
			label = ""
		}
	}
	return strings.TrimRight(t.out.String(), "\n")
}

func (r *results) hitTable() string {
	t := newTable("input", ripgrep, vale, textlint)
	for _, input := range []string{in1KB, in20KB, in1MB, in1MBen, in1MBfaces, inFolder} {
		cells := []string{input}
		for _, tool := range []string{ripgrep, vale, textlint} {
			cell := ""
			if r.processes[input][tool].measured() {
				cell = fmt.Sprint(r.hits[input][tool])
			}
			cells = append(cells, cell)
		}
		t.row(cells...)
	}
	return strings.TrimRight(t.out.String(), "\n")
}

func (r *results) growthTable() string {
	t := newTable("size", "text", "median", "ns a byte", "of 1 MB's", "peak memory", "x size", "runs")
	for _, kind := range []string{"ordinary", "all about faces"} {
		perByte := func(i int) float64 { return float64(r.growth[kind][i].wall()) / float64(growthSizes[i]) }
		for i, size := range growthSizes {
			s := r.growth[kind][i]
			if !s.measured() {
				t.row(sizeName(size), kind, "over the limit", "", "", "", "", "0")
				continue
			}
			against := ""
			if one := r.growth[kind][indexOf1MB]; one.measured() {
				against = times(perByte(i) / perByte(indexOf1MB))
			}
			t.row(sizeName(size), kind, milliseconds(s.wall()), significant(perByte(i)), against,
				megabytes(s.peak()), significant(float64(s.peak())/float64(size)), fmt.Sprint(len(s.samples)))
		}
	}
	return strings.TrimRight(t.out.String(), "\n")
}

func (r *results) latencyTable() string {
	t := newTable("", "median", "99 of 100 within", "worst", "times")
	for _, name := range []string{openingTime, keys20KB, keys200} {
		took := r.latency[name]
		t.row(name, milliseconds(percentile(took, 50)), milliseconds(percentile(took, 99)), milliseconds(percentile(took, 100)), fmt.Sprint(len(took)))
	}
	return t.out.String() + "\nPeak memory with 20 agreements open: " + megabytes(r.open20) + "."
}
