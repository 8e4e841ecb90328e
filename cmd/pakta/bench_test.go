package main

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"pakta"
	"pakta/crawler/newsroom"
	"pakta/extract"
	"pakta/rules"
)

// BenchmarkStart measures commands that people wait for.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	for _, args := range [][]string{{"version"}, {"status", "--data", dir}, {"--help"}} {
		b.Run(args[0], func(b *testing.B) {
			for b.Loop() {
				cmd := exec.Command(binary, args...)
				cmd.Env = []string{"HOME=" + dir}
				if err := cmd.Run(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkDemo measures the whole way, from nothing to searchable.
func BenchmarkDemo(b *testing.B) {
	for b.Loop() {
		cmd := exec.Command(binary, "demo", "--once", "--data", b.TempDir())
		if out, err := cmd.CombinedOutput(); err != nil {
			b.Fatalf("%v\n%s", err, out)
		}
	}
}

// BenchmarkExtractJSONL measures "pakta extract" on all cores, from lines of
// JSON to lines of JSON.
func BenchmarkExtractJSONL(b *testing.B) {
	input := strings.Repeat(articleLines(b), 100)
	b.SetBytes(int64(len(input)))
	for b.Loop() {
		e := &env{
			stdin: strings.NewReader(input), stdout: io.Discard, stderr: os.Stderr,
			lookupEnv: func(key string) (string, bool) { return "/nowhere", key == "HOME" },
		}
		if code := run(b.Context(), e, []string{"extract", "--all", "-"}); code != exitDone {
			b.Fatalf("exit code %d", code)
		}
	}
}

// BenchmarkExtractNewsroom reads the bundled articles that report agreements,
// on one core, text in memory; "of-split" is its speed beside a loop that only
// splits the same texts into words.
func BenchmarkExtractNewsroom(b *testing.B) {
	set, err := rules.Load()
	if err != nil {
		b.Fatal(err)
	}
	x := extract.New(set)
	all, err := newsroom.Articles()
	if err != nil {
		b.Fatal(err)
	}
	var arts []*pakta.Article
	size := 0
	for _, a := range all {
		if a.Agreement {
			art := extract.Normalize(&pakta.Article{ID: a.Slug, Title: a.Title, Text: strings.Join(a.Body, "\n\n"), Published: pakta.Time{Time: a.Published}})
			arts = append(arts, art)
			size += len(art.Canonical())
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var ours, split time.Duration
	for b.Loop() {
		begin := time.Now()
		for _, art := range arts {
			x.Extract(art)
		}
		middle := time.Now()
		for _, art := range arts {
			for range strings.FieldsSeq(art.Text) {
			}
		}
		ours, split = ours+middle.Sub(begin), split+time.Since(middle)
	}
	b.ReportMetric(split.Seconds()/ours.Seconds(), "of-split")
}
