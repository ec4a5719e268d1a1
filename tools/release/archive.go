package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"io"
	"io/fs"
	"slices"
	"time"
)

// file is a file in an archive.
type file struct {
	name string
	mode fs.FileMode
	data []byte
}

// epoch is when every file was last changed, as far as an archive is concerned. The time of
// the commit would do too, but a source archive does not know it. zip knows no earlier year.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// inOrder is the files by name.
func inOrder(files []file) []file {
	return slices.SortedFunc(slices.Values(files), func(a, b file) int { return cmp.Compare(a.name, b.name) })
}

// tarball is the files in a folder, packed for Unix. Neither it nor zipball holds a time,
// an owner or an order that comes from this machine. Writing to memory does not fail.
func tarball(folder string, files []file) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	t := tar.NewWriter(z)
	for _, f := range inOrder(files) {
		_ = t.WriteHeader(&tar.Header{
			Name: folder + "/" + f.name, Mode: int64(f.mode), Size: int64(len(f.data)), ModTime: epoch, Format: tar.FormatUSTAR,
		})
		_, _ = t.Write(f.data)
	}
	_ = t.Close()
	_ = z.Close()
	return b.Bytes()
}

// zipball is the files in a folder, packed for Windows.
func zipball(folder string, files []file) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	for _, f := range inOrder(files) {
		h := &zip.FileHeader{Name: folder + "/" + f.name, Method: zip.Deflate, Modified: epoch}
		h.SetMode(f.mode)
		w, _ := z.CreateHeader(h)
		_, _ = w.Write(f.data)
	}
	_ = z.Close()
	return b.Bytes()
}
