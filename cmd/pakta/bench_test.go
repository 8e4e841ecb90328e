package main

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
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
