package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/clauselint/clauselint/tools/modules"
)

// The order in which files come is no matter, and neither is the time.
func TestArchivesAreDeterministic(t *testing.T) {
	files := []file{{"clauselint", 0o755, []byte("program")}, {"man/a.1", 0o644, []byte("page")}, {"LICENSE", 0o644, nil}}
	turned := slices.Clone(files)
	slices.Reverse(turned)
	for name, pack := range map[string]func(string, []file) []byte{"tar": tarball, "zip": zipball} {
		if !bytes.Equal(pack("x", files), pack("x", turned)) {
			t.Errorf("%s: two archives of the same files differ", name)
		}
	}
	want := "x/LICENSE 644, x/clauselint 755, x/man/a.1 644"
	z, err := zip.NewReader(bytes.NewReader(zipball("x", files)), int64(len(zipball("x", files))))
	if err != nil {
		t.Fatal(err)
	}
	var zipped []string
	for _, f := range z.File {
		zipped = append(zipped, f.Name+" "+octal(int64(f.Mode().Perm())))
	}
	if got := strings.Join(zipped, ", "); got != want {
		t.Errorf("zip: %s", got)
	}
	unzip, err := gzip.NewReader(bytes.NewReader(tarball("x", files)))
	if err != nil {
		t.Fatal(err)
	}
	var tarred []string
	for r := tar.NewReader(unzip); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if h.Uid != 0 || h.Uname != "" || !h.ModTime.Equal(epoch) {
			t.Errorf("%+v", h)
		}
		tarred = append(tarred, h.Name+" "+octal(h.Mode))
	}
	if got := strings.Join(tarred, ", "); got != want {
		t.Errorf("tar: %s", got)
	}
}

func octal(mode int64) string {
	return string([]byte{byte('0' + mode>>6&7), byte('0' + mode>>3&7), byte('0' + mode&7)})
}

// The bill lists what a program says is in it: here the program of this test.
func TestBillOfMaterials(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	version, err := exec.Command("go", "env", "GOVERSION").Output()
	if err != nil {
		t.Fatal(err)
	}
	std := modules.Module{Path: "std", License: "BSD-3-Clause", Version: strings.TrimPrefix(strings.TrimSpace(string(version)), "go")}
	data, err := billOfMaterials("v1.2.3", []string{self}, []modules.Module{std})
	if err != nil {
		t.Fatal(err)
	}
	var b bill
	if err := json.Unmarshal(data, &b); err != nil {
		t.Fatal(err)
	}
	if b.Format != "CycloneDX" || b.Metadata.Component.Version != "v1.2.3" || len(b.Components) != 1 || b.Components[0].Name != "std" {
		t.Errorf("%+v", b)
	}
	std.Version = "0"
	if _, err := billOfMaterials("v1.2.3", []string{self}, []modules.Module{std}); err == nil {
		t.Error("another version is listed than is linked, and nobody complains")
	}
	if _, err := billOfMaterials("v1.2.3", []string{self}, nil); err == nil {
		t.Error("something is linked that is not listed, and nobody complains")
	}
}

func TestReleaseRefuses(t *testing.T) {
	dir := t.TempDir()
	one := []target{{"linux", "amd64"}}
	if err := os.WriteFile(dir+"/old", nil, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, r := range []release{{"", dir, one}, {"v1/2", dir, one}, {"v1", dir, nil}, {"v1", dir, one}} {
		if err := r.make(""); err == nil {
			t.Errorf("%+v: no complaint", r)
		}
	}
}
