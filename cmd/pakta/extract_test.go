package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pakta"
)

// idsOf are the articles' ids of records, one a line.
func idsOf(t *testing.T, lines string) []string {
	t.Helper()
	var ids []string
	for line := range strings.Lines(lines) {
		var rec pakta.Record
		if err := json.Unmarshal([]byte(line), &rec); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, rec.Article.ID)
	}
	return ids
}

func TestExtractJSONLines(t *testing.T) {
	input := articleLines(t)
	var want []string
	for line := range strings.Lines(input) {
		var a pakta.Article
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		want = append(want, a.ID)
	}
	all := runIn(t, home(t), input, "extract", "--from", "jsonl", "--all")
	all.want(t, exitDone)
	if diff := cmp.Diff(want, idsOf(t, all.stdout)); diff != "" {
		t.Errorf("records are not in the order of the articles (-want +got):\n%s", diff)
	}
	validate(t, schemaOf(t, pakta.RecordSchema), all.stdout)

	only := runIn(t, home(t), input, "extract", "-")
	only.want(t, exitDone)
	for line := range strings.Lines(only.stdout) {
		if !strings.Contains(line, `"agreement":true`) {
			t.Errorf("without --all: %.200s", line)
		}
	}
	if n := strings.Count(only.stdout, "\n"); n == 0 || n >= len(want) {
		t.Errorf("without --all: %d of %d records", n, len(want))
	}
}

func TestExtractBadLines(t *testing.T) {
	long := `{"id":"long","text":"` + strings.Repeat("x", maxDocument) + `"}`
	input := strings.Join([]string{
		`{"id":"one","title":"Satu","text":"Teks."}`, `{"id":`, "", `{"id":"empty","title":"","text":" "}`, `[1]`, long,
		`{"id":"time","text":"x","published":"kemarin"}`, `{"id":"seven","title":"Tujuh","text":"Teks."}`,
	}, "\n")
	out := runIn(t, home(t), input, "extract", "--from", "jsonl", "--all", "-")
	out.want(t, exitFailed, "line 2: not an article", "line 4: the article is empty", "line 5: not an article", "line 6: longer than", "line 7: not an article")
	if diff := cmp.Diff([]string{"one", "seven"}, idsOf(t, out.stdout)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if strings.Contains(out.stderr, "line 3:") {
		t.Error("a blank line is reported")
	}
}

func TestExtractForms(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	page := "<!doctype html><html><head><title>Bupati Meresmikan Jembatan</title></head><body><article><h1>Bupati Meresmikan Jembatan</h1>" +
		"<p>Jembatan itu menghubungkan dua desa dan dibangun dengan anggaran daerah selama dua tahun terakhir.</p>" +
		"<p>Bupati berharap warga kedua desa merawatnya, karena jalan memutar selama ini memakan waktu satu jam lebih.</p>" +
		"<p>Kepala desa menyampaikan terima kasih dan meminta lampu penerangan dipasang sebelum musim hujan tiba.</p></article></body></html>"
	for _, tt := range []struct {
		name  string
		args  []string
		stdin string
		title string
	}{
		{"text by name", []string{write("a.txt", "Judul Berita\n\nIsi berita.\n")}, "", "Judul Berita"},
		{"text without title", []string{write("b.txt", "Isi berita saja.\n\nParagraf kedua.")}, "", ""},
		{"html by name", []string{write("a.html", page)}, "", "Bupati Meresmikan Jembatan"},
		{"html by content", []string{"-"}, page, "Bupati Meresmikan Jembatan"},
		{"text by content", nil, "Judul\n\nIsi.", "Judul"},
		{"text by flag", []string{"--from", "text", write("c.bin", "Judul\n\nIsi.")}, "", "Judul"},
		{"jsonl by content", []string{"--all"}, `{"id":"a","title":"Judul","text":"Isi."}`, "Judul"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := runIn(t, home(t), tt.stdin, append([]string{"extract"}, tt.args...)...)
			out.want(t, exitDone)
			validate(t, schemaOf(t, pakta.RecordSchema), out.stdout)
			var rec pakta.Record
			if err := json.Unmarshal([]byte(out.stdout), &rec); err != nil {
				t.Fatal(err)
			}
			if rec.Article.Title != tt.title || rec.Article.ID == "" {
				t.Errorf("article %+v, want the title %q and an id", rec.Article, tt.title)
			}
		})
	}
}

func TestExtractBadInput(t *testing.T) {
	dir := t.TempDir()
	empty := filepath.Join(dir, "empty.txt")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	runIn(t, home(t), "", "extract", empty).want(t, exitFailed, "empty")
	runIn(t, home(t), "", "extract", filepath.Join(dir, "none.txt")).want(t, exitFailed, "no such file")
	runIn(t, home(t), "", "extract", dir).want(t, exitFailed, "is a directory")
	runIn(t, home(t), "\xff\xfe", "extract", "--from", "text").want(t, exitFailed, "UTF-8")
	runIn(t, home(t), "", "extract", "--from", "json").want(t, exitUsage, "did you mean jsonl?")
	runIn(t, home(t), "", "extract", "--published", "kemarin").want(t, exitUsage, "--published")
	runIn(t, home(t), "", "extract", "--rules-dir", filepath.Join(dir, "none")).want(t, exitUsage, "rules_dir")
	runIn(t, home(t), "", "extract", "a", "b").want(t, exitUsage)
}

func TestExtractExplain(t *testing.T) {
	text := "Sleman dan Bantul Teken Kesepakatan Bersama\n\nSLEMAN - Pemerintah Kabupaten Sleman dan Pemerintah Kabupaten Bantul menandatangani kesepakatan bersama di bidang pendidikan, Kamis (12/3/2026)."
	out := runIn(t, home(t), text, "extract", "--explain", "--from", "text")
	out.want(t, exitDone)
	for _, want := range []string{"agreement true", "region = ", "34.04", "date = 2026-03-12"} {
		if !strings.Contains(out.stderr, want) {
			t.Errorf("explanation lacks %q:\n%s", want, out.stderr)
		}
	}
}

// What is read ahead of what is emitted must not grow with the input.
func TestOrderedReadsAheadLittle(t *testing.T) {
	const items = 20_000
	var read atomic.Int64
	in := func(yield func(int) bool) {
		for i := range items {
			if read.Add(1); !yield(i) {
				return
			}
		}
	}
	n, most := 0, int64(0)
	err := ordered(t.Context(), in, func(i int) int { return i }, func(i int) error {
		if i != n {
			t.Fatalf("item %d came as number %d", i, n)
		}
		n++
		most = max(most, read.Load()-int64(n))
		return nil
	})
	if err != nil || n != items {
		t.Errorf("ordered = %v after %d items", err, n)
	}
	if limit := int64(chunkSize * (3*runtime.GOMAXPROCS(0) + 3)); most > limit {
		t.Errorf("%d items were read ahead, want at most %d", most, limit)
	}
}

func TestOrderedStops(t *testing.T) {
	endless := func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
	before := runtime.NumGoroutine()
	bad := errors.New("full")
	if err := ordered(t.Context(), endless, func(i int) int { return i }, func(i int) error {
		if i == 100 {
			return bad
		}
		return nil
	}); !errors.Is(err, bad) {
		t.Errorf("ordered = %v, want %v", err, bad)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := ordered(ctx, iter.Seq[int](endless), func(i int) int { return i }, func(i int) error {
		if i == 100 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ordered = %v, want it cancelled", err)
	}
	eventually(t, 20*time.Second, "all goroutines have ended", func() bool { return runtime.NumGoroutine() <= before })
}

func TestRulesCommands(t *testing.T) {
	runIn(t, home(t), "", "rules", "check").want(t, exitDone, "no complaints")
	runIn(t, home(t), "", "rules", "show").want(t, exitDone, "regions\t552")
	runIn(t, home(t), "", "rules", "show", "regions", "15.04").want(t, exitDone, "short: Batang Hari\n", "\nfrom: rules/data/regions.csv:")
	runIn(t, home(t), "", "rules", "show", "regions", "15.4").want(t, exitUsage, "did you mean 15.04?")
	runIn(t, home(t), "", "rules", "show", "sectors").want(t, exitDone, "code\tname\tgroup\tlaw\tfrom\n1.01\tPendidikan\t")
	runIn(t, home(t), "", "rules", "show", "region").want(t, exitUsage, "did you mean regions?")
	runIn(t, home(t), "", "rules", "test").want(t, exitDone, " 0 failed")
	runIn(t, home(t), "", "rules", "test", "dat").want(t, exitUsage, "did you mean date?")
}

func TestRulesOverlay(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("forums.csv", "# our own\nid,forms\nGelora,Gelora Raya\n-Kedungsepur\n")
	runIn(t, home(t), "", "rules", "check", "--rules-dir", dir).want(t, exitDone, "no complaints")
	runIn(t, home(t), "", "rules", "show", "forums", "Gelora", "--rules-dir", dir).want(t, exitDone, "forms: Gelora Raya", "from: "+dir+"/forums.csv:3")
	runIn(t, home(t), "", "rules", "show", "forums", "Kedungsepur", "--rules-dir", dir).want(t, exitUsage, "forums has no row")
	write("forums.csv", "# our own\nid,forms\nGelora,Kedungsepur\n")
	runIn(t, home(t), "", "rules", "check", "--rules-dir", dir).want(t, exitFailed, dir+`/forums.csv:3: form "Kedungsepur" stands in "Kedungsepur" too`, "1 complaints")
	write("monts.csv", "a,b\n")
	runIn(t, home(t), "", "rules", "check", "--rules-dir", dir).want(t, exitUsage, dir+"/monts.csv:1: no such table", "2 complaints")
}

func TestCommandLine(t *testing.T) {
	runIn(t, home(t), "", "version").want(t, exitDone, "pakta "+release)
	runIn(t, home(t), "", "serch").want(t, exitUsage, `unknown command "serch" for "pakta"; did you mean search?`)
	runIn(t, home(t), "", "rules", "shw").want(t, exitUsage, `did you mean show?`)
	runIn(t, home(t), "", "search", "--regoin", "15").want(t, exitUsage, "unknown flag: --regoin; did you mean --region?")
	runIn(t, home(t), "", "crawl", "extra").want(t, exitUsage)
	runIn(t, home(t), "").want(t, exitUsage, "Available Commands")
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		runIn(t, home(t), "", "completion", shell).want(t, exitDone, "pakta")
	}
	if out := runIn(t, home(t), "", "__complete", "sta"); !strings.Contains(out.stdout, "status") {
		t.Errorf("completion of sta: %q", out.stdout)
	}
}

// TestHelp compares the help of every command with testdata/help.golden.
func TestHelp(t *testing.T) {
	var got bytes.Buffer
	var lines []string
	for _, c := range commands() {
		lines = append(lines, strings.Fields(c.use)[0])
		for _, s := range c.sub {
			lines = append(lines, strings.Fields(c.use)[0]+" "+strings.Fields(s.use)[0])
		}
	}
	for _, line := range slices.Insert(lines, 0, "") {
		out := runIn(t, home(t), "", append(strings.Fields(line), "--help")...)
		out.want(t, exitDone)
		fmt.Fprintf(&got, "$ pakta %s\n%s\n", strings.TrimSpace(line+" --help"), out.stdout)
	}
	golden := filepath.Join("testdata", "help.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("help differs; run go test ./cmd/pakta -run Help -update and read the diff (-want +got):\n%s", diff)
	}
}

func TestDataDirectoryThatCannotBeUsed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	runIn(t, home(t), "x", "import", "--data", filepath.Join(file, "below"), "-").want(t, exitFailed, "data directory", "--data")
	runIn(t, home(t), "", "demo", "--once", "--data", file).want(t, exitFailed, "data directory", "--data")
	damaged := t.TempDir()
	if err := os.WriteFile(dataDir(damaged).archive(), bytes.Repeat([]byte("not a database "), 1000), 0o644); err != nil {
		t.Fatal(err)
	}
	runIn(t, home(t), "", "status", "--data", damaged).want(t, exitFailed, "pakta.db")
	if got, err := os.ReadFile(dataDir(damaged).archive()); err != nil || !bytes.HasPrefix(got, []byte("not a database")) {
		t.Errorf("the damaged archive was touched: %v", err)
	}
}

func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	e := &env{
		stdin: strings.NewReader(articleLines(t)), stdout: full, stderr: &bytes.Buffer{},
		lookupEnv: func(key string) (string, bool) { return "/nowhere", key == "HOME" },
	}
	if code := run(t.Context(), e, []string{"extract", "--all", "-"}); code != exitFailed {
		t.Errorf("extract onto a full disk: exit code %d, want %d", code, exitFailed)
	}
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain", "a\nb\x1b[31m\u202ec": "a b [31m c", "panjang sekali": "panjang s…",
	} {
		if got := oneLine(in, 10); got != want {
			t.Errorf("oneLine(%q, 10) = %q, want %q", in, got, want)
		}
	}
}

func TestProgress(t *testing.T) {
	p := &progress{label: "crawl", started: time.Now()}
	p.update(3, 12, "kabar\n-nusa")
	if got, want := p.line(), "crawl 3/12 kabar -nusa"; got != want {
		t.Errorf("line() = %q, want %q", got, want)
	}
	p.terminal = true
	if got, want := p.line(), "crawl [======                  ] 3/12 kabar -nusa"; got != want {
		t.Errorf("line() on a terminal = %q, want %q", got, want)
	}
	var out bytes.Buffer
	bar := newProgress(&out, true, "import")
	bar.update(1, 0, "")
	bar.show()
	bar.finish()
	if got := out.String(); !strings.HasPrefix(got, "\rimport 1") || !strings.HasSuffix(got, "\r\x1b[K") {
		t.Errorf("bar wrote %q", got)
	}
}
