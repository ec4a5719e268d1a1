package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// command is a tool on an input.
type command struct {
	tool string
	args []string
	dir  string // of the process; "" is ours
	env  []string
}

// sample is what one process took.
type sample struct {
	wall, cpu time.Duration
	peak      int64 // resident memory, in bytes
}

// series is what a command took in the rounds that it ran, the first ones.
type series struct {
	samples []sample
	killed  bool // it ran longer than the limit
}

// runner runs whole processes.
type runner struct {
	starter string // the program tools/bench/starter
	work    string // folder for what it writes
	runs    int
	// budget is how long a command may take in all before it gets no more rounds;
	// limit, how long a process may.
	budget, limit time.Duration
}

// compare runs the commands in turn (A B A B …), so that a change in the load of the
// machine hits all alike, each once before the count to have its files in memory.
func (r *runner) compare(commands []command) (map[string]*series, error) {
	of := map[string]*series{}
	spent := make([]time.Duration, len(commands))
	for round := -1; round < r.runs; round++ {
		for i, c := range commands {
			if of[c.tool] == nil {
				of[c.tool] = &series{}
			}
			s := of[c.tool]
			if s.killed || spent[i] > r.budget && len(s.samples) > 0 {
				continue
			}
			took, err := r.run(c)
			if errors.Is(err, errKilled) {
				s.killed = true
				continue
			}
			if err != nil {
				return nil, err
			}
			spent[i] += took.wall
			if round >= 0 || spent[i] > r.budget { // no time for a second
				s.samples = append(s.samples, took)
			}
		}
	}
	return of, nil
}

var errKilled = errors.New("killed")

// output is the file that holds what the last run of a tool printed.
func (r *runner) output(tool string) string {
	return filepath.Join(r.work, strings.ReplaceAll(tool, " ", "-")+".out")
}

// run runs c once. Exit codes 0 and 1, nothing found and something found, are success.
func (r *runner) run(c command) (sample, error) {
	stats := filepath.Join(r.work, "stats")
	cmd := exec.Command(r.starter, slices.Concat([]string{r.limit.String(), stats, r.output(c.tool)}, c.args)...)
	cmd.Dir, cmd.Env = c.dir, append(os.Environ(), c.env...)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	cmd.WaitDelay = time.Second // what a killed tool started may hold on to its stderr
	if err := cmd.Run(); err != nil {
		return sample{}, fmt.Errorf("%s: %w\n%s", c.tool, err, complaint.String())
	}
	s, code, err := readStats(stats)
	switch {
	case err != nil:
		return s, err
	case code == -1:
		return s, errKilled
	case code > 1:
		return s, fmt.Errorf("%v: exit code %d\n%s", c.args, code, complaint.String())
	}
	return s, nil
}

// readStats reads what the starter wrote.
func readStats(path string) (s sample, code int, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return s, 0, err
	}
	if _, err := fmt.Sscan(string(data), &s.wall, &s.cpu, &s.peak, &code); err != nil {
		return s, 0, fmt.Errorf("%s: %q: %w", path, data, err)
	}
	return s, code, nil
}

// wall is the median of the wall times.
func (s *series) wall() time.Duration {
	return median(s.each(func(x sample) time.Duration { return x.wall }))
}

// cpu is the median of the processor times.
func (s *series) cpu() time.Duration {
	return median(s.each(func(x sample) time.Duration { return x.cpu }))
}

// peak is the largest peak memory, in bytes.
func (s *series) peak() int64 {
	var most int64
	for _, x := range s.samples {
		most = max(most, x.peak)
	}
	return most
}

func (s *series) each(of func(sample) time.Duration) []time.Duration {
	all := make([]time.Duration, len(s.samples))
	for i, x := range s.samples {
		all[i] = of(x)
	}
	return all
}

// measured reports whether there is anything to take a median of.
func (s *series) measured() bool { return s != nil && len(s.samples) > 0 }

// ratio is the median of what a took for each part of what b took in the same round.
func ratio(a, b *series) float64 {
	n := min(len(a.samples), len(b.samples))
	all := make([]float64, n)
	for i := range n {
		all[i] = float64(a.samples[i].wall) / float64(b.samples[i].wall)
	}
	return median(all)
}

// median is that of values, which must not be empty; of an even number the higher one.
func median[T float64 | time.Duration](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// percentile is the value that p of 100 values do not exceed.
func percentile(values []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)*p/100, len(sorted)-1)]
}
