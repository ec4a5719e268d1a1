package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"
)

// archive is a zip archive whose entries are the parts of a package
// (ECMA-376 part 2, Open Packaging Conventions).
type archive struct {
	limits Limits
	parts  map[string]*zip.File // by part key
	types  *contentTypes        // nil until asked for
	used   int64                // uncompressed bytes read so far
	model  int64                // bytes charged for what is kept
}

// partKey is what makes two part names the same: they are compared without
// regard to the case of ASCII letters (part 2, 6.2.2.3), and a few writers
// produce backslashes or a leading slash.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func openArchive(data []byte, limits Limits) (*archive, error) {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) && !bytes.HasPrefix(data, []byte("PK\x05\x06")) {
		return nil, notZip(data)
	}
	// zip.NewReader allocates for every entry before it can be asked how many
	// there are, and the count that the archive states may lie.
	if n := bytes.Count(data, []byte("PK\x01\x02")); n > limits.Parts {
		return nil, fmt.Errorf("%w: it has %d parts, more than %d; save it in Word anew", ErrTooLarge, n, limits.Parts)
	}
	zr, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: its zip archive is cut off or corrupt; get the file again", ErrDamaged)
	}
	a := &archive{limits: limits, parts: make(map[string]*zip.File, len(zr.File))}
	for _, f := range zr.File {
		if strings.HasSuffix(f.Name, "/") {
			continue // a folder
		}
		if f.Flags&1 != 0 {
			return nil, fmt.Errorf("%w: part %s of its zip archive needs a password; save it without", ErrEncrypted, show(f.Name))
		}
		key := partKey(f.Name)
		if a.parts[key] != nil {
			return nil, fmt.Errorf("%w: it has two parts called %s, and readers differ in which they show; save it in Word anew", ErrDamaged, show(f.Name))
		}
		a.parts[key] = f
	}
	return a, nil
}

// show is a name from the file, made fit for a message.
func show(name string) string {
	const longest = 100
	name = strings.ToValidUTF8(name, "?")
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return '?'
		}
		return r
	}, name)
}

func (a *archive) has(name string) bool { return a.parts[partKey(name)] != nil }

// realName is the part's name as the archive spells it.
func (a *archive) realName(name string) string {
	if f := a.parts[partKey(name)]; f != nil {
		return strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
	}
	return name
}

// read gives the bytes of a part. The end of the data is always reached, since
// only there the checksum is compared.
func (a *archive) read(name string) ([]byte, error) {
	f := a.parts[partKey(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: part %s is missing; save it in Word anew", ErrDamaged, show(name))
	}
	limit := min(a.limits.PartBytes, a.limits.TotalBytes-a.used)
	tooLarge := func() error {
		if limit < a.limits.PartBytes {
			return fmt.Errorf("%w: its parts unpack to more than %d bytes; split it", ErrTooLarge, a.limits.TotalBytes)
		}
		return fmt.Errorf("%w: part %s unpacks to more than %d bytes; split it", ErrTooLarge, show(f.Name), limit)
	}
	if f.UncompressedSize64 > uint64(limit) {
		return nil, tooLarge()
	}
	rc, err := f.Open()
	if err != nil {
		if errors.Is(err, zip.ErrAlgorithm) {
			return nil, fmt.Errorf("%w: part %s is compressed by method %d, which Word does not use; save it in Word anew", ErrDamaged, show(f.Name), f.Method)
		}
		return nil, damagedPart(f.Name, err)
	}
	defer rc.Close()
	buf := bytes.NewBuffer(make([]byte, 0, int(f.UncompressedSize64)+bytes.MinRead))
	n, err := io.Copy(buf, io.LimitReader(rc, limit+1))
	if n > limit {
		return nil, tooLarge()
	}
	if err != nil {
		return nil, damagedPart(f.Name, err)
	}
	a.used += n
	return buf.Bytes(), nil
}

func damagedPart(name string, err error) error {
	if errors.Is(err, zip.ErrChecksum) {
		return fmt.Errorf("%w: part %s does not match its checksum; get the file again", ErrDamaged, show(name))
	}
	return fmt.Errorf("%w: part %s cannot be unpacked; get the file again", ErrDamaged, show(name))
}

// charge books bytes of memory for what is kept of the file.
func (a *archive) charge(bytes int) error {
	if a.model += int64(bytes); a.model > modelBytes {
		return fmt.Errorf("%w: its text and formatting take more than %d MB of memory; split it", ErrTooLarge, modelBytes>>20)
	}
	return nil
}

// relationship is one line of a part's .rels file.
type relationship struct {
	id, kind string // kind is the last step of the type's address: "styles"
	target   string // a part's name, or an address if external
	external bool
}

// relationships reads the relationships of a part; of the package for "".
func (a *archive) relationships(source string) ([]relationship, error) {
	dir, file := path.Split(source)
	name := dir + "_rels/" + file + ".rels"
	if !a.has(name) {
		return nil, nil
	}
	s, err := a.scan(name)
	if err != nil {
		return nil, err
	}
	if _, err := s.root(); err != nil {
		return nil, err
	}
	var rels []relationship
	err = s.children(func(el element) error {
		if el.ns != nsPackage || el.local != "Relationship" {
			return nil
		}
		r := relationship{id: el.plain("Id"), kind: path.Base(el.plain("Type")), target: el.plain("Target")}
		r.external = el.plain("TargetMode") == "External"
		if !r.external {
			r.target = a.resolve(dir, r.target)
		}
		rels = append(rels, r)
		return a.charge(128 + len(r.id) + len(r.target))
	})
	if err == nil {
		err = s.finish()
	}
	return rels, err
}

// resolve finds the part that target means, seen from a part in dir.
func (a *archive) resolve(dir, target string) string {
	if !strings.HasPrefix(target, "/") {
		target = "/" + dir + target
	}
	name := strings.TrimPrefix(path.Clean(target), "/")
	if !a.has(name) {
		if plain, err := url.PathUnescape(name); err == nil && a.has(plain) {
			name = plain
		}
	}
	return a.realName(name)
}

// contentTypes is [Content_Types].xml, by part key.
type contentTypes struct {
	names []string // the overridden parts, in order
	of    map[string]string
}

// partOfType is the first part whose content type ends in one of the suffixes;
// "" if there is none.
func (a *archive) partOfType(suffixes ...string) (string, error) {
	if a.types == nil {
		a.types = &contentTypes{of: make(map[string]string)}
		if err := a.readContentTypes(); err != nil {
			return "", err
		}
	}
	for _, name := range a.types.names {
		for _, suffix := range suffixes {
			if strings.HasSuffix(a.types.of[partKey(name)], suffix) && a.has(name) {
				return a.realName(name), nil
			}
		}
	}
	return "", nil
}

func (a *archive) readContentTypes() error {
	const name = "[Content_Types].xml"
	if !a.has(name) {
		return nil
	}
	s, err := a.scan(name)
	if err != nil {
		return err
	}
	if _, err := s.root(); err != nil {
		return err
	}
	err = s.children(func(el element) error {
		if el.ns != nsPackage || el.local != "Override" {
			return nil
		}
		part := el.plain("PartName")
		a.types.names = append(a.types.names, part)
		a.types.of[partKey(part)] = el.plain("ContentType")
		return a.charge(256 + len(part))
	})
	if err != nil {
		return err
	}
	return s.finish()
}

// mainPart finds the document: by the package's relationship, else by content
// type, else by the name that Word gives it.
func (a *archive) mainPart() (string, error) {
	rels, err := a.relationships("")
	if err != nil {
		return "", err
	}
	for _, r := range rels {
		if r.kind == "officeDocument" && !r.external && a.has(r.target) && !foreignPart(r.target) {
			return r.target, nil
		}
	}
	name, err := a.partOfType("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml",
		"ms-word.document.macroEnabled.main+xml", "ms-word.template.macroEnabledTemplate.main+xml")
	if err != nil || name != "" {
		return name, err
	}
	if a.has("word/document.xml") {
		return a.realName("word/document.xml"), nil
	}
	return "", a.noMainPart()
}

// foreignPart reports whether name is the main part of a workbook or a
// presentation, which are packages of the same kind.
func foreignPart(name string) bool {
	key := partKey(name)
	return strings.HasPrefix(key, "xl/") || strings.HasPrefix(key, "ppt/") || strings.HasPrefix(key, "visio/")
}

// related is the part that the main part names in a relationship of a kind,
// else the part of the content type; "" if there is none.
func (r *reader) related(kind string) (string, error) {
	for _, rel := range r.rels {
		if rel.kind == kind && !rel.external && r.has(rel.target) {
			return rel.target, nil
		}
	}
	return r.partOfType("wordprocessingml." + kind + "+xml")
}
