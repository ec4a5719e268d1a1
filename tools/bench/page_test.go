package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func timed(wall ...time.Duration) *series {
	s := &series{}
	for _, w := range wall {
		s.samples = append(s.samples, sample{wall: w * time.Millisecond, cpu: w * time.Millisecond, peak: 10 * mb})
	}
	return s
}

// some are results in which bars hold, are missed and could not be measured.
func some() *results {
	growth := []*series{timed(1), timed(1), timed(2), timed(10), timed(100), {killed: true}}
	return &results{
		sizes: map[string]int64{in1MB: mb, in100MB: 100 * mb},
		processes: map[string]map[string]*series{
			in20KB: {ours: timed(11), empty: timed(2)},
			in1MB:  {ours: timed(10, 20, 30), ripgrep: timed(5, 5, 30), textlint: {killed: true}},
			// Two cores, half the time.
			inCores:   {ours: timed(100), oneCore: timed(200)},
			in100MB:   {ours: timed(2000)},
			inWord200: {annotate: timed(150)},
		},
		hits:    map[string]map[string]int{in1MB: {ripgrep: 716}},
		growth:  map[string][]*series{"ordinary": growth, "all about faces": growth},
		latency: map[string][]time.Duration{openingTime: {time.Second}, keys20KB: {1}, keys200: {1}},
		open20:  99 * mb,
	}
}

func TestBars(t *testing.T) {
	for promise, want := range map[string]string{
		"at most 1/8 of Vale's time": "not measured: Vale is absent or took too long",
		"at most 4 x ripgrep's time": "holds",
		"40 MB/s and core":           "holds",
		"whole process: at most 10":  "**missed**",
		"4 x an empty Go program":    "**missed**",
		"whole process: at most 15":  "holds",
		"at most 6 x its size":       "**missed**",
		"at least 1.7 x":             "holds",
		"at most 150 ms":             "holds",
		"first diagnostics of 20 KB": "**missed**",
		"under 100 MB":               "holds",
	} {
		found := 0
		for _, b := range some().bars() {
			if strings.Contains(b.promise, promise) {
				found++
				if b.verdict() != want {
					t.Errorf("%s: measured %q, %s; want %s", b.promise, b.measured, b.verdict(), want)
				}
			}
		}
		if found != 1 {
			t.Errorf("%d bars say %q", found, promise)
		}
	}
}

func TestRatioIsOfPairs(t *testing.T) {
	// The machine was slow in the last round: the medians alone would say 4 x and 6 x.
	if got := ratio(timed(20, 20, 200), timed(10, 10, 100)); got != 2 {
		t.Errorf("%v", got)
	}
	if got := ratio(timed(20, 20, 200), timed(10)); got != 2 {
		t.Errorf("with fewer rounds of the other: %v", got)
	}
}

func TestTables(t *testing.T) {
	peers := []peer{{name: ripgrep, path: "/bin/rg", version: "13.0.0"}, {name: vale, install: "make bench-tools"}}
	out := some().tables(peers, "made")
	for _, want := range []string{
		"Compared with ripgrep 13.0.0.",
		"Vale is absent; to compare with it: make bench-tools.",
		"| 1 MB Chinese (1 MB) | clauselint | 20 ms |  | 10 MB | 3 |",
		"|  | ripgrep | 5 ms | 2 x | 10 MB | 3 |",
		"|  | textlint + prh | over the limit |  |  | 0 |",
		"| 1 MB Chinese | 716 |  |  |",
		"| 1 MB | ordinary | 10 ms | 9.54 | 1 x | 10 MB | 10 | 1 |",
		"| 50 MB | ordinary | over the limit |",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	columns := 0
	for line := range strings.Lines(out) {
		n := strings.Count(line, "|")
		if n > 0 && columns > 0 && n != columns {
			t.Errorf("%d bars in a table of %d: %s", n, columns, line)
		}
		columns = n
	}
}

func TestUpdatePage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("before\n" + beginMark + "old\n" + endMark + "after\n")
	for range 2 {
		if err := updatePage(path, "new"); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want := "before\n" + beginMark + "\nnew\n\n" + endMark + "after\n"; string(got) != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	write("no marks\n")
	if err := updatePage(path, "new"); err == nil || !strings.Contains(err.Error(), "no lines") {
		t.Errorf("a page without marks: %v", err)
	}
}
