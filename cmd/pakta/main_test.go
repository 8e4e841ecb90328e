package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"pakta/crawler/newsroom"
)

var update = flag.Bool("update", false, "rewrite golden files")

// binary is the program that the tests run; TestMain builds it.
var binary string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(testMain(m))
}

func testMain(m *testing.M) int {
	dir, err := os.MkdirTemp("", "pakta-test-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	binary = filepath.Join(dir, "pakta")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build pakta: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// outcome is what a run of the program left.
type outcome struct {
	code           int
	stdout, stderr string
}

// runIn runs a command in this process, with the environment given alone.
func runIn(t *testing.T, environment map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	e := &env{
		stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr,
		lookupEnv: func(key string) (string, bool) { v, ok := environment[key]; return v, ok },
	}
	code := run(t.Context(), e, args)
	return outcome{code, stdout.String(), stderr.String()}
}

// home is an environment whose data directory is fresh.
func home(t *testing.T) map[string]string {
	t.Helper()
	return map[string]string{"HOME": t.TempDir()}
}

// child is a running process of the program.
type child struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
}

// start starts the program. It is killed at the end of the test if it still
// runs then.
func start(t *testing.T, args ...string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(binary, args...)}
	c.cmd.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	c.cmd.Stdout, c.cmd.Stderr = &c.stdout, &c.stderr
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if c.cmd.ProcessState == nil {
			c.cmd.Process.Kill()
			c.cmd.Wait()
		}
	})
	return c
}

// wait waits for the program to end, at most a minute.
func (c *child) wait(t *testing.T) outcome {
	t.Helper()
	timer := time.AfterFunc(time.Minute, func() { c.cmd.Process.Signal(syscall.SIGQUIT) })
	defer timer.Stop()
	err := c.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{c.cmd.ProcessState.ExitCode(), c.stdout.String(), c.stderr.String()}
}

// runBinary runs the program to its end.
func runBinary(t *testing.T, args ...string) outcome {
	t.Helper()
	return start(t, args...).wait(t)
}

// want checks the exit code and that both outputs together have the texts.
func (o outcome) want(t *testing.T, code int, texts ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit code %d, want %d\nstdout: %s\nstderr: %s", o.code, code, o.stdout, o.stderr)
	}
	for _, text := range texts {
		if !strings.Contains(o.stdout+o.stderr, text) {
			t.Errorf("output lacks %q\nstdout: %s\nstderr: %s", text, o.stdout, o.stderr)
		}
	}
}

// eventually calls check until it gives true.
func eventually(t *testing.T, within time.Duration, what string, check func() bool) {
	t.Helper()
	deadline := time.Now().Add(within)
	for !check() {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s", within, what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// newsroomDir is a data directory configured with the sites of a running
// newsroom, given by their addresses alone.
func newsroomDir(t *testing.T, more string) string {
	t.Helper()
	rooms, err := newsroom.Start(context.Background(), newsroom.Options{Port: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rooms.Close() })
	return configured(t, rooms, more)
}

// configured is a fresh data directory with the sites of a newsroom.
func configured(t *testing.T, rooms *newsroom.Newsroom, more string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("crawler:\n  allow_private: true\n  " + more + "\nsources:\n")
	for _, s := range rooms.Sites() {
		fmt.Fprintf(&b, "  - {name: %s, url: %q}\n", s.Name, s.URL)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pakta.yaml"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// startServer starts "pakta serve" on a free port and gives its base address.
func startServer(t *testing.T, dir string, more ...string) (c *child, base string) {
	t.Helper()
	c = start(t, append([]string{"serve", "--data", dir, "--addr", "127.0.0.1:0"}, more...)...)
	eventually(t, 20*time.Second, "the server is announced", func() bool {
		s, err := dataDir(dir).readServer()
		base = "http://" + s.Address
		return err == nil && s.PID == c.cmd.Process.Pid
	})
	return c, base
}

// get asks a server and gives the body of its answer, "" while it gives none.
func get(address string) string {
	resp, err := http.Get(address)
	if err != nil {
		return ""
	}
	defer resp.Body.Close()
	var b bytes.Buffer
	b.ReadFrom(resp.Body)
	return b.String()
}

// schemaOf compiles one of the published schemas.
func schemaOf(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("schema.json")
}

// validate checks every line of JSON Lines and counts them.
func validate(t *testing.T, schema *jsonschema.Schema, lines string) int {
	t.Helper()
	n := 0
	for line := range strings.Lines(lines) {
		n++
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(line))
		if err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("line %d: %v\n%.300s", n, err, line)
		}
	}
	return n
}

// times are what differs between two crawls of the same articles.
var times = regexp.MustCompile(`"(fetched|modified)":"[^"]*"`)

// timeless takes out of JSON when pages were fetched.
func timeless(text string) string { return times.ReplaceAllString(text, `"$1":null`) }

// articleLines are the bundled articles as JSON Lines.
func articleLines(t testing.TB) string {
	t.Helper()
	all, err := newsroom.Articles()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range all {
		line, err := json.Marshal(map[string]any{
			"id": fmt.Sprint(a.ID), "url": "https://" + a.Site + ".example/" + a.Slug, "site": a.Site, "title": a.Title,
			"text": strings.Join(a.Body, "\n\n"), "published": a.Published.Format(time.RFC3339),
		})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.String()
}
