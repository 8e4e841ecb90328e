package pakta_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// imports is the table of packages: what each may import of the others.
// There are no further ones, and no circles.
var imports = map[string][]string{
	".":                {},
	"rules":            {"."},
	"extract":          {".", "rules"},
	"eval":             {"."},
	"merge":            {"."},
	"archive":          {"."},
	"crawler":          {"."},
	"crawler/newsroom": {"."},
	"index":            {"."},
	"export":           {"."},
	"warc":             {"."},
	"web":              {".", "index", "export"},
	"cmd/pakta": {
		".", "rules", "extract", "eval", "merge", "archive", "crawler", "crawler/newsroom", "index", "export", "warc", "web",
	},
}

// testImports are further imports of tests.
var testImports = map[string][]string{
	"crawler": {"crawler/newsroom"},
	"extract": {"crawler/newsroom", "eval"},
	"merge":   {"crawler/newsroom", "extract", "rules"},
	"web":     {"archive", "crawler/newsroom", "extract", "merge", "rules"},
	"index":   {"archive", "crawler/newsroom", "extract", "merge", "rules"},
	"archive": {"merge"},
}

// modules are those that pakta requires itself, each with what it is for;
// docs/decisions.md argues them.
var modules = map[string]string{
	"github.com/spf13/cobra":                   "command line, help, completion",
	"github.com/spf13/pflag":                   "flags; cobra's own",
	"github.com/goccy/go-yaml":                 "configuration file, with lines and columns",
	"github.com/robfig/cron/v3":                "cron expressions",
	"golang.org/x/term":                        "whether standard error is a terminal",
	"github.com/gocolly/colly/v2":              "fetching pages",
	"github.com/PuerkitoBio/goquery":           "selectors over HTML",
	"github.com/mmcdole/gofeed":                "RSS, Atom and JSON feeds",
	"golang.org/x/net":                         "HTML parser, charsets, international host names",
	"golang.org/x/text":                        "Unicode normalisation",
	"modernc.org/sqlite":                       "the archive, without cgo",
	"github.com/klauspost/compress":            "gzip of pages in less than half the time",
	"github.com/blevesearch/bleve/v2":          "the index",
	"go.etcd.io/bbolt":                         "looking into the files of an index before it is opened",
	"github.com/chromedp/chromedp":             "tests: pages in a real browser",
	"github.com/chromedp/cdproto":              "tests: switching scripts and colours of the browser",
	"github.com/google/go-cmp":                 "tests: differences of structures",
	"github.com/santhosh-tekuri/jsonschema/v6": "tests: output against the schemas",
}

// goFile is a Go file of the project with its imports.
type goFile struct {
	folder  string // "." for the root
	test    bool
	imports []string
}

// goFiles parses the import clauses of all Go files.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bin") {
			return filepath.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		f := goFile{folder: path.Dir(filepath.ToSlash(name)), test: strings.HasSuffix(name, "_test.go")}
		for _, spec := range parsed.Imports {
			p, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			f.imports = append(f.imports, p)
		}
		files = append(files, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// own is the folder of an import path of the project.
func own(importPath string) (folder string, ok bool) {
	if importPath == "pakta" {
		return ".", true
	}
	return strings.CutPrefix(importPath, "pakta/")
}

func TestImportTable(t *testing.T) {
	for _, f := range goFiles(t) {
		allowed, known := imports[f.folder]
		if !known {
			t.Errorf("package %s is not in the table of packages", f.folder)
			continue
		}
		if f.test {
			allowed = slices.Concat(allowed, testImports[f.folder], []string{f.folder})
		}
		for _, p := range f.imports {
			if folder, ok := own(p); ok && !slices.Contains(allowed, folder) {
				t.Errorf("package %s imports %s; it may import %v", f.folder, folder, allowed)
			}
		}
	}
}

func TestEveryPackageHasDoc(t *testing.T) {
	for folder := range imports {
		if _, err := os.Stat(filepath.Join(folder, "doc.go")); err != nil {
			t.Errorf("package %s: %v", folder, err)
		}
	}
}

func TestModulesAreAllowed(t *testing.T) {
	used := map[string]bool{}
	for _, f := range goFiles(t) {
		for _, p := range f.imports {
			if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") {
				used[moduleOf(p)] = true
			}
		}
	}
	want := slices.Sorted(maps.Keys(modules))
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(used))); diff != "" {
		t.Errorf("modules allowed (-) and imported (+):\n%s", diff)
	}
}

// moduleOf is the allowed module that a package lies in, or the package
// itself.
func moduleOf(importPath string) string {
	for m := range modules {
		if importPath == m || strings.HasPrefix(importPath, m+"/") {
			return m
		}
	}
	return importPath
}

// licences are the licences of modules that may be linked, each by words that
// its text has and no other's.
var licences = map[string]string{
	"Apache-2.0": "Apache License",
	"MIT":        "Permission is hereby granted, free of charge",
	"BSD":        "Redistribution and use in source and binary forms",
}

// licenceFiles are the names that licence texts go by.
var licenceFiles = []string{"LICENSE", "LICENSE.txt", "LICENSE.md", "COPYING"}

func TestLicences(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/pakta").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	checked := map[string]bool{}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg struct{ Module *struct{ Path, Dir string } }
		if err := dec.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if m := pkg.Module; m != nil && m.Path != "pakta" && !checked[m.Path] {
			checked[m.Path] = true
			if name := licenceOf(m.Dir); name == "" {
				t.Errorf("module %s: no licence of %v found in %s", m.Path, slices.Sorted(maps.Keys(licences)), m.Dir)
			}
		}
	}
	if len(checked) == 0 {
		t.Error("go list named no modules")
	}
}

// licenceOf is the licence of the module in dir, or "" when it is none of
// those allowed.
func licenceOf(dir string) string {
	for _, file := range licenceFiles {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			continue
		}
		for name, words := range licences {
			if strings.Contains(strings.Join(strings.Fields(string(text)), " "), words) {
				return name
			}
		}
	}
	return ""
}
