package main

import (
	"bytes"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/clauselint/clauselint/tools/modules"
)

// The bill of materials is CycloneDX 1.6, as much of it as there is something to say for.
// It has no serial number and no time: the same release has the same bill.
type bill struct {
	Format      string      `json:"bomFormat"`
	SpecVersion string      `json:"specVersion"`
	Version     int         `json:"version"`
	Metadata    metadata    `json:"metadata"`
	Components  []component `json:"components"`
	DependsOn   []depends   `json:"dependencies"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Licenses   []license  `json:"licenses,omitempty"`
	PURL       string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

type license struct {
	Expression string `json:"expression"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type depends struct {
	Ref string   `json:"ref"`
	On  []string `json:"dependsOn"`
}

// billOfMaterials lists what the programs say is in them, which go version -m prints too.
// A module that is in some of them only is listed.
func billOfMaterials(version string, programs []string, linked []modules.Module) ([]byte, error) {
	const ours = "github.com/clauselint/clauselint"
	sums, versions := map[string]string{}, map[string]string{}
	for _, program := range programs {
		info, err := buildinfo.ReadFile(program)
		if err != nil {
			return nil, err
		}
		versions["std"] = strings.TrimPrefix(info.GoVersion, "go")
		for _, dep := range info.Deps {
			sums[dep.Path], versions[dep.Path] = dep.Sum, dep.Version
		}
	}
	self := component{
		Type: "application", Name: "clauselint", Version: version,
		Licenses: []license{{"Apache-2.0"}}, PURL: "pkg:golang/" + ours + "@" + version,
	}
	self.Ref = self.PURL
	out := bill{Format: "CycloneDX", SpecVersion: "1.6", Version: 1, Metadata: metadata{self}}
	on := []string{}
	for _, m := range linked {
		v, ok := versions[m.Path]
		if !ok {
			continue // on a system that was left out
		}
		if v != m.Version {
			return nil, fmt.Errorf("%s: %s is linked, %s is listed", m.Path, v, m.Version)
		}
		delete(versions, m.Path)
		c := component{
			Type: "library", Name: m.Path, Version: m.Version,
			Licenses: []license{{m.License}}, PURL: "pkg:golang/" + m.Path + "@" + m.Version,
		}
		c.Ref = c.PURL
		if sum := sums[m.Path]; sum != "" {
			// A hash of a module is none of a file, which is what "hashes" would hold.
			c.Properties = []property{{"go:sum", sum}}
		}
		out.Components = append(out.Components, c)
		on = append(on, c.Ref)
	}
	for path := range versions {
		return nil, fmt.Errorf("%s: is linked, and not listed", path)
	}
	slices.Sort(on)
	out.DependsOn = []depends{{self.Ref, on}}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
