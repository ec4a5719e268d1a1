package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Sizes in bytes.
const (
	kb = 1 << 10
	mb = 1 << 20
)

// The inputs, as the tables name them.
const (
	in1KB       = "1 KB Chinese"
	in20KB      = "20 KB Chinese"
	in1MB       = "1 MB Chinese"
	in1MBen     = "1 MB English"
	in1MBfaces  = "1 MB Chinese, all about faces"
	inFolder    = "2,000 agreements"
	inCores     = "1,000 agreements"
	in100MB     = "100 MB of agreements"
	inWord10    = ".docx, 10 pages"
	inWord200   = ".docx, 200 pages"
	openingTime = "start to first diagnostics, 20 KB"
	keys20KB    = "keystroke to diagnostics, 20 KB"
	keys200     = "keystroke to diagnostics, 200 pages"
)

// growthSizes are those of the table of time per byte.
var growthSizes = []int{kb, 10 * kb, 100 * kb, mb, 10 * mb, 50 * mb}

// indexOf1MB is the place of 1 MB among growthSizes.
const indexOf1MB = 3

// results are all that was measured.
type results struct {
	sizes     map[string]int64              // of inputs, in bytes
	processes map[string]map[string]*series // by input and tool
	hits      map[string]map[string]int     // the same: phrases found
	growth    map[string][]*series          // by kind of text, for each of growthSizes
	latency   map[string][]time.Duration    // of the language server
	open20    int64                         // its peak memory with 20 agreements, in bytes
}

// bench is a run of the benchmark.
type bench struct {
	*runner
	tools
	ordinary, dense texts
	progress        io.Writer
	results
}

// measure fills in the results.
func (b *bench) measure() error {
	b.results = results{
		sizes: map[string]int64{}, processes: map[string]map[string]*series{}, hits: map[string]map[string]int{},
		growth: map[string][]*series{}, latency: map[string][]time.Duration{},
	}
	for _, part := range []func() error{b.measureFiles, b.measureFolders, b.measureWord, b.measureGrowth, b.measureEditor} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) measureFiles() error {
	for _, in := range []struct {
		name, lang string
		size       int
		from       texts
	}{{in1KB, zh, kb, b.ordinary}, {in20KB, zh, 20 * kb, b.ordinary}, {in1MB, zh, mb, b.ordinary}, {in1MBen, en, mb, b.ordinary}, {in1MBfaces, zh, mb, b.dense}} {
		path, err := b.write(in.name+".md", in.from.Agreement(in.lang, in.size, 1))
		if err != nil {
			return err
		}
		if err := b.compareOn(in.name, path, b.onText(path)); err != nil {
			return err
		}
	}
	return nil
}

// measureFolders compares the tools on one, cores on the second, and takes the throughput
// of the third.
func (b *bench) measureFolders() error {
	for _, in := range []struct {
		name     string
		count    int
		commands func(path string) []command
	}{{inFolder, 2000, b.onText}, {inCores, 1000, b.onCores}, {in100MB, 0, func(path string) []command { return []command{b.lint(path)} }}} {
		path, err := b.writeFolder(in.name, in.count)
		if err != nil {
			return err
		}
		if err := b.compareOn(in.name, path, in.commands(path)); err != nil {
			return err
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) measureWord() error {
	for name, pages := range map[string]int{inWord10: 10, inWord200: 200} {
		data, err := word(b.ordinary.Agreement(zh, pages*pageBytes, 1))
		if err != nil {
			return err
		}
		path, err := b.write(name+".docx", data)
		if err != nil {
			return err
		}
		if err := b.compareOn(name, path, b.onWord(path)); err != nil {
			return err
		}
	}
	return nil
}

// compareOn compares the commands on path, which the tables call input.
func (b *bench) compareOn(input, path string, commands []command) error {
	b.say("%s", input)
	size, err := sizeOf(path)
	if err != nil {
		return err
	}
	b.sizes[input] = size
	if b.processes[input], err = b.compare(commands); err != nil {
		return err
	}
	b.hits[input] = map[string]int{}
	for _, c := range commands {
		if c.tool == ripgrep || c.tool == vale || c.tool == textlint {
			if b.hits[input][c.tool], err = b.countHits(c.tool); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bench) measureGrowth() error {
	for kind, from := range map[string]texts{"ordinary": b.ordinary, "all about faces": b.dense} {
		for _, size := range growthSizes {
			b.say("%s, %s", sizeName(size), kind)
			path, err := b.write("growth.md", from.Agreement(zh, size, 1))
			if err != nil {
				return err
			}
			of, err := b.compare([]command{b.lint(path)})
			if err != nil {
				return err
			}
			b.growth[kind] = append(b.growth[kind], of[ours])
		}
	}
	return nil
}

// measureEditor measures the language server: its start, keystrokes, and its memory.
func (b *bench) measureEditor() error {
	b.say("the language server")
	for range b.runs {
		took, err := b.opening(b.editorText(20*kb, 1))
		if err != nil {
			return err
		}
		b.latency[openingTime] = append(b.latency[openingTime], took)
	}
	for name, size := range map[string]int{keys20KB: 20 * kb, keys200: 200 * pageBytes} {
		took, err := b.keystrokes(b.editorText(size, 1))
		if err != nil {
			return err
		}
		b.latency[name] = took
	}
	e, err := b.startEditor(b.clauselint, true)
	if err != nil {
		return err
	}
	for i, text := range b.ordinary.Folder(20, 20*kb) {
		if err := e.open(fmt.Sprintf("file:///%d.md", i), text); err != nil {
			return err
		}
	}
	took, err := e.close()
	b.open20 = took.peak
	return err
}

// editorText ends with clauses about faces, so that each new line above moves a finding.
func (b *bench) editorText(size int, seed uint64) []byte {
	return append(b.ordinary.Agreement(zh, size, seed), b.dense.Agreement(zh, 2*kb, seed)...)
}

// opening is the time from the start of the server to the diagnostics of text.
func (b *bench) opening(text []byte) (time.Duration, error) {
	start := time.Now()
	e, err := b.startEditor(b.clauselint, false)
	if err != nil {
		return 0, err
	}
	if err := e.open("file:///a.md", text); err != nil {
		return 0, err
	}
	took := time.Since(start)
	_, err = e.close()
	return took, err
}

// keystrokes are the times from a new line, typed at one place after the other, to the
// diagnostics: twenty for each run of a process, or as many as the budget allows.
func (b *bench) keystrokes(text []byte) ([]time.Duration, error) {
	e, err := b.startEditor(b.clauselint, false)
	if err != nil {
		return nil, err
	}
	if err := e.open("file:///a.md", text); err != nil {
		return nil, err
	}
	lines := bytes.Count(text, []byte("\n"))
	var all []time.Duration
	for began := time.Now(); len(all) < 20*b.runs && time.Since(began) < b.budget; {
		start := time.Now()
		if err := e.newLine("file:///a.md", len(all)+2, lines*(len(all)%8)/10); err != nil {
			return nil, err
		}
		all = append(all, time.Since(start))
	}
	_, err = e.close()
	return all, err
}

// write writes an input.
func (b *bench) write(name string, data []byte) (string, error) {
	path := filepath.Join(b.work, name)
	return path, os.WriteFile(path, data, 0o666)
}

// writeFolder writes count agreements of 20 KB on average; with count 0, 100 MB of them.
func (b *bench) writeFolder(name string, count int) (string, error) {
	dir := filepath.Join(b.work, name)
	if err := os.Mkdir(dir, 0o777); err != nil {
		return "", err
	}
	most := count
	if count == 0 {
		most = 100 * mb / kb // of 1 KB at least
	}
	total := 0
	for i, data := range b.ordinary.Folder(most, 20*kb) {
		if count == 0 && total >= 100*mb {
			break
		}
		total += len(data)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%06d.md", i)), data, 0o666); err != nil {
			return "", err
		}
	}
	return dir, nil
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.progress, "bench: %s\n", fmt.Sprintf(format, args...))
}

// sizeOf is the size of a file, or of the files in a folder.
func sizeOf(path string) (int64, error) {
	var total int64
	err := filepath.Walk(path, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			total += info.Size()
		}
		return err
	})
	return total, err
}

// sizeName is a size as people say it.
func sizeName(bytes int) string {
	if bytes >= mb {
		return fmt.Sprintf("%d MB", bytes/mb)
	}
	return fmt.Sprintf("%d KB", bytes/kb)
}
