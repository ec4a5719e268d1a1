package main

import (
	"fmt"
	"strconv"
	"time"
)

// bar is a promise, what was measured, and whether it holds.
type bar struct {
	promise, measured string
	holds             bool
	missing           string // why it was not measured
}

// verdict is what the table says of it.
func (b bar) verdict() string {
	switch {
	case b.missing != "":
		return "not measured: " + b.missing
	case b.holds:
		return "holds"
	}
	return "**missed**"
}

// bars are the promises and whether they hold.
func (r *results) bars() []bar {
	mb1, kb20 := r.processes[in1MB], r.processes[in20KB]
	return []bar{
		ratioBar("1 MB of Chinese Markdown: at most 1/8 of Vale's time", mb1[ours], mb1[vale], vale, 1.0/8),
		ratioBar("1 MB of Chinese Markdown: at most 4 x ripgrep's time", mb1[ours], mb1[ripgrep], ripgrep, 4),
		r.throughputBar(),
		timeBar("20 KB, whole process: at most 10 ms", kb20[ours], 10*time.Millisecond),
		ratioBar("20 KB, whole process: at most 4 x an empty Go program", kb20[ours], kb20[empty], empty, 4),
		timeBar("20 KB, whole process: at most 15 ms", kb20[ours], 15*time.Millisecond),
		timeBar("1 MB agreement: at most 60 ms", mb1[ours], 60*time.Millisecond),
		memoryBar("1 MB agreement: at most 64 MB", mb1[ours], 64*mb),
		r.bigTextBar(),
		r.coresBar(),
		timeBar("200 pages of .docx read and annotated: at most 150 ms", r.processes[inWord200][annotate], 150*time.Millisecond),
		r.latencyBar("Keystroke to diagnostics on 200 pages: at most 10 ms in 99 of 100 cases", keys200, 99, 10*time.Millisecond),
		r.latencyBar("Start of the language server to first diagnostics of 20 KB: at most 50 ms", openingTime, 50, 50*time.Millisecond),
		{promise: "Language server with 20 agreements open: under 100 MB", measured: megabytes(r.open20), holds: r.open20 < 100*mb},
	}
}

func ratioBar(promise string, a, b *series, other string, most float64) bar {
	if !b.measured() {
		return bar{promise: promise, missing: other + " is absent or took too long"}
	}
	if !a.measured() {
		return bar{promise: promise, measured: "too long"}
	}
	x := ratio(a, b)
	return bar{promise: promise, measured: times(x), holds: x <= most}
}

func timeBar(promise string, s *series, most time.Duration) bar {
	if !s.measured() {
		return bar{promise: promise, measured: "too long"}
	}
	return bar{promise: promise, measured: milliseconds(s.wall()), holds: s.wall() <= most}
}

func memoryBar(promise string, s *series, most int64) bar {
	if !s.measured() {
		return bar{promise: promise, measured: "too long"}
	}
	return bar{promise: promise, measured: megabytes(s.peak()), holds: s.peak() <= most}
}

// throughputBar counts the time of all cores together.
func (r *results) throughputBar() bar {
	b := bar{promise: "100 MB of agreements: 40 MB/s and core"}
	s := r.processes[in100MB][ours]
	if !s.measured() {
		b.measured = "too long"
		return b
	}
	speed := float64(r.sizes[in100MB]) / mb / s.cpu().Seconds()
	b.measured, b.holds = fmt.Sprintf("%.1f MB/s and core", speed), speed >= 40
	return b
}

func (r *results) bigTextBar() bar {
	b := bar{promise: "50 MB text: memory at most 6 x its size"}
	last := len(growthSizes) - 1
	s := r.growth["ordinary"][last]
	if !s.measured() {
		b.measured = "too long"
		return b
	}
	x := float64(s.peak()) / float64(growthSizes[last])
	b.measured, b.holds = times(x), x <= 6
	return b
}

func (r *results) coresBar() bar {
	b := bar{promise: "1,000 agreements: two cores do at least 1.7 x what one does"}
	all, one := r.processes[inCores][ours], r.processes[inCores][oneCore]
	if !all.measured() || !one.measured() {
		b.measured = "too long"
		return b
	}
	x := ratio(one, all)
	b.measured, b.holds = times(x), x >= 1.7
	return b
}

func (r *results) latencyBar(promise, name string, p int, most time.Duration) bar {
	took := percentile(r.latency[name], p)
	return bar{promise: promise, measured: milliseconds(took), holds: took <= most}
}

func milliseconds(d time.Duration) string { return significant(float64(d)/1e6) + " ms" }

func megabytes(n int64) string { return significant(float64(n)/mb) + " MB" }

func times(x float64) string { return significant(x) + " x" }

// significant is x with three digits at most, or the whole part of it.
func significant(x float64) string {
	if x >= 100 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'g', 3, 64)
}
