// Command release makes the files of a release: the program for six systems, checksums and
// a list of what is in it. The same source and the same Go make the same bytes.
//
//	go run ./tools/release -version v1.2.3 [-o dist] [-check]
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/clauselint/clauselint/tools/modules"
)

func main() {
	var r release
	flag.StringVar(&r.version, "version", "", "the `version`, as v1.2.3")
	flag.StringVar(&r.dir, "o", "dist", "`folder` for the files; it must be empty or not there")
	targets := flag.String("targets", "", "only these `targets`, as linux/amd64,windows/arm64")
	twice := flag.Bool("check", false, "make everything a second time, with nothing kept from the first, and compare")
	flag.Parse()
	for _, system := range modules.Systems {
		for _, processor := range []string{"amd64", "arm64"} {
			if t := (target{system, processor}); *targets == "" || strings.Contains(","+*targets+",", ","+t.String()+",") {
				r.targets = append(r.targets, t)
			}
		}
	}
	err := r.make("")
	if err == nil && *twice {
		err = r.compare()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release is the files of one version.
type release struct {
	version string
	dir     string
	targets []target
}

type target struct{ system, processor string }

func (t target) String() string { return t.system + "/" + t.processor }

// program is the file name of the program.
func (t target) program() string {
	if t.system == "windows" {
		return "clauselint.exe"
	}
	return "clauselint"
}

// make builds everything into r.dir. cache is where the compiler keeps its results; empty
// for where it always does.
func (r *release) make(cache string) error {
	if r.version == "" || strings.ContainsAny(r.version, `/\ `) || len(r.targets) == 0 {
		return fmt.Errorf("-version %q for %d targets: want a version such as v1.2.3, and a target", r.version, len(r.targets))
	}
	if entries, err := os.ReadDir(r.dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("%s: is not empty, and would hold files of two releases", r.dir)
	}
	linked, err := modules.Linked(".")
	if err != nil {
		return err
	}
	complaints, err := modules.Check(linked)
	if err != nil {
		return err
	}
	if len(complaints) > 0 {
		return errors.New(strings.Join(complaints, "\n"))
	}
	work, err := os.MkdirTemp("", "clauselint-release-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	if err := os.MkdirAll(r.dir, 0o777); err != nil {
		return err
	}
	common, err := r.common(work, cache, linked)
	if err != nil {
		return err
	}
	var sums bytes.Buffer
	var programs []string
	for _, t := range r.targets {
		program := filepath.Join(work, t.system+"-"+t.processor)
		if err := r.build(t, program, cache); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
		programs = append(programs, program)
		data, err := os.ReadFile(program)
		if err != nil {
			return err
		}
		folder := fmt.Sprintf("clauselint_%s_%s_%s", r.version, t.system, t.processor)
		files := append([]file{{t.program(), 0o755, data}}, common...)
		name, pack := folder+".tar.gz", tarball
		if t.system == "windows" {
			name, pack = folder+".zip", zipball
		}
		if err := r.write(&sums, name, pack(folder, files)); err != nil {
			return err
		}
		fmt.Printf("%s  %.1f MB\n", name, float64(len(data))/(1<<20))
	}
	bill, err := billOfMaterials(r.version, programs, linked)
	if err != nil {
		return err
	}
	if err := r.write(&sums, fmt.Sprintf("clauselint_%s.cdx.json", r.version), bill); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.dir, "SHA256SUMS"), sums.Bytes(), 0o666)
}

// write writes a file of the release and adds its checksum to sums.
func (r *release) write(sums *bytes.Buffer, name string, data []byte) error {
	fmt.Fprintf(sums, "%x  %s\n", sha256.Sum256(data), name)
	return os.WriteFile(filepath.Join(r.dir, name), data, 0o666)
}

// build compiles the program. Nothing of the machine gets into it: neither paths nor the
// state of the repository; the version is all that it is told.
func (r *release) build(t target, out, cache string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-tags", modules.Tags,
		"-ldflags", "-s -w -buildid= -X main.version="+r.version, "-o", out, modules.Program)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.system, "GOARCH="+t.processor,
		"GOAMD64=v1", "GOARM64=v8.0", "GOFLAGS=", "GOWORK=off", "GOEXPERIMENT=", "GOFIPS140=off")
	if cache != "" {
		cmd.Env = append(cmd.Env, "GOCACHE="+cache)
	}
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// common is the files that go with the program on every system: those at the root of the
// repository, licences, manual pages and completion scripts. The program of this machine
// writes the latter, and they are the same for all.
func (r *release) common(work, cache string, linked []modules.Module) (files []file, err error) {
	for _, name := range []string{"CHANGELOG.md", "LICENSE", "NOTICE", "README.md", "README.zh-CN.md", "SECURITY.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files = append(files, file{name, 0o644, data})
	}
	files = append(files, file{"THIRD-PARTY-LICENSES", 0o644, modules.Notices(linked)})
	ours := target{runtime.GOOS, runtime.GOARCH}
	program := filepath.Join(work, ours.program())
	if err := r.build(ours, program, cache); err != nil {
		return nil, err
	}
	for shell, name := range map[string]string{
		"bash": "clauselint.bash", "fish": "clauselint.fish", "powershell": "clauselint.ps1", "zsh": "_clauselint",
	} {
		script, err := exec.Command(program, "completion", shell).Output()
		if err != nil {
			return nil, fmt.Errorf("completion %s: %w", shell, err)
		}
		files = append(files, file{"completion/" + name, 0o644, script})
	}
	man := filepath.Join(work, "man")
	if out, err := exec.Command(program, "man", "-o", man).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("man: %w\n%s", err, out)
	}
	pages, err := os.ReadDir(man)
	if err != nil {
		return nil, err
	}
	for _, page := range pages {
		data, err := os.ReadFile(filepath.Join(man, page.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, file{"man/" + page.Name(), 0o644, data})
	}
	return files, nil
}

// compare makes the release again and wants the same checksums. The second time the
// compiler begins with an empty cache: otherwise it would show us the first result twice.
func (r *release) compare() error {
	again, err := os.MkdirTemp("", "clauselint-again-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(again)
	second := &release{version: r.version, dir: filepath.Join(again, "dist"), targets: r.targets}
	began := time.Now()
	if err := second.make(filepath.Join(again, "cache")); err != nil {
		return err
	}
	a, err := os.ReadFile(filepath.Join(r.dir, "SHA256SUMS"))
	if err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(second.dir, "SHA256SUMS"))
	if err != nil {
		return err
	}
	if !bytes.Equal(a, b) {
		return fmt.Errorf("two builds differ:\n%s\n%s", a, b)
	}
	fmt.Printf("built again from nothing in %.0f s: the same %d files\n", time.Since(began).Seconds(), bytes.Count(a, []byte("\n")))
	return nil
}
