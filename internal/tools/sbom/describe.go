package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// describe lists the provider, the modules in it, and the Go it was built with.
func describe(b binary, version string) *cdx.BOM {
	root := provider(b, version)
	components := []cdx.Component{standardLibrary(b.info.GoVersion)}
	for _, m := range b.info.Deps {
		components = append(components, module(m))
	}
	refs := make([]string, 0, len(components))
	for _, c := range components {
		refs = append(refs, c.BOMRef)
	}
	bom := cdx.NewBOM()
	bom.SerialNumber = serial(b.sha256)
	bom.Metadata = &cdx.Metadata{
		// The commit's time: the time of writing would make each list another one.
		Timestamp: b.setting("vcs.time"),
		Component: &root,
	}
	bom.Components = &components
	bom.Dependencies = &[]cdx.Dependency{{Ref: root.BOMRef, Dependencies: &refs}}
	return bom
}

func provider(b binary, version string) cdx.Component {
	purl := packageURL(b.info.Main.Path, "v"+version)
	return cdx.Component{
		BOMRef: purl, Type: cdx.ComponentTypeApplication, Name: b.info.Main.Path, Version: version, PackageURL: purl,
		Licenses: &cdx.Licenses{{License: &cdx.License{ID: "MPL-2.0"}}},
		Hashes:   &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: fmt.Sprintf("%x", b.sha256)}},
		Properties: &[]cdx.Property{
			{Name: "codesign:file", Value: b.name},
			{Name: "codesign:platform", Value: b.setting("GOOS") + "/" + b.setting("GOARCH")},
			{Name: "codesign:commit", Value: b.setting("vcs.revision")},
			{Name: "codesign:tree-modified", Value: b.setting("vcs.modified")},
		},
	}
}

func module(m *debug.Module) cdx.Component {
	if m.Replace != nil {
		m = m.Replace
	}
	purl := packageURL(m.Path, m.Version)
	c := cdx.Component{BOMRef: purl, Type: cdx.ComponentTypeLibrary, Name: m.Path, Version: m.Version, PackageURL: purl}
	if m.Sum != "" {
		c.Properties = &[]cdx.Property{{Name: "codesign:go-sum", Value: m.Sum}}
	}
	return c
}

func standardLibrary(goVersion string) cdx.Component {
	version := strings.TrimPrefix(goVersion, "go")
	purl := packageURL("stdlib", version)
	return cdx.Component{
		BOMRef: purl, Type: cdx.ComponentTypeLibrary, Name: "stdlib", Version: version, PackageURL: purl,
	}
}

func packageURL(path, version string) string { return "pkg:golang/" + path + "@" + version }

// serial is a UUID made of the binary's digest, so that lists of different binaries differ and of
// equal ones do not.
func serial(sum [32]byte) string {
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}

func write(name string, bom *cdx.BOM) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	encoder := cdx.NewBOMEncoder(f, cdx.BOMFileFormatJSON).SetPretty(true)
	if err := encoder.EncodeVersion(bom, cdx.SpecVersion1_6); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
