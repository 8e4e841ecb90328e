package main

import (
	"net"
	"os"
	"strings"
	"testing"
	"time"
)

func TestCrawlBesideServe(t *testing.T) {
	dir := newsroomDir(t, "delay: 0s")
	c, base := startServer(t, dir)
	if page := get(base + "/"); !strings.Contains(page, "<html") {
		t.Fatalf("the search page is none: %.200s", page)
	}
	runBinary(t, "crawl", "--data", dir).want(t, exitDone, "articles fetched")
	eventually(t, 20*time.Second, "the server has the crawl's agreements", func() bool {
		answer := get(base + "/api/v1/search")
		return strings.Contains(answer, `"total":`) && !strings.Contains(answer, `"total":0,`)
	})

	// Beside the server, search and export ask it; afterwards they open the
	// index. The answers are the same, but for the version of the index.
	args := [][]string{
		{"search", "--data", dir, "--json", "--size", "3", "kerja sama"},
		{"search", "--data", dir, "--since", "2020"},
		{"search", "--data", dir, "--region", "34"},
		{"export", "--data", dir, "--format", "json"},
		{"export", "--data", dir, "--kind", "ksdd"},
	}
	var beside []outcome
	for _, a := range args {
		beside = append(beside, runBinary(t, a...))
	}
	c.cmd.Process.Signal(os.Interrupt)
	c.wait(t).want(t, exitDone)
	if _, err := os.Stat(dataDir(dir).server()); err == nil {
		t.Error("the server left its announcement behind")
	}
	for i, a := range args {
		alone := runBinary(t, a...)
		alone.want(t, exitDone)
		if alone.stdout != beside[i].stdout {
			t.Errorf("%v: beside a server\n%.2000s\n%s\nwithout\n%.2000s", a, beside[i].stdout, beside[i].stderr, alone.stdout)
		}
	}
}

func TestServeOnTakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	runIn(t, home(t), "", "serve", "--addr", l.Addr().String()).want(t, exitFailed, "something listens there already", "--addr")
	runIn(t, home(t), "", "serve", "--addr", "nowhere").want(t, exitUsage, "host:port")
}

func TestSecondServer(t *testing.T) {
	dir := t.TempDir()
	startServer(t, dir)
	runBinary(t, "serve", "--data", dir, "--addr", "127.0.0.1:0").want(t, exitFailed, "in use", "running already")
	runBinary(t, "status", "--data", dir).want(t, exitDone, "server   http://127.0.0.1:")
}

func TestSearchWithoutArchive(t *testing.T) {
	runIn(t, home(t), "", "search", "air").want(t, exitFailed, "nothing is archived", "pakta crawl")
	runIn(t, home(t), "", "export").want(t, exitFailed, "nothing is archived")
	runIn(t, home(t), "", "reextract").want(t, exitFailed, "nothing is archived")
	runIn(t, home(t), "", "status").want(t, exitDone, "nothing is archived yet")
}

func TestBadFilters(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want []string
	}{
		{[]string{"--region", "Batang Hary"}, []string{`no region is called "Batang Hary"`, "did you mean Batang Hari?"}},
		{[]string{"--sector", "Pendidikaan"}, []string{"did you mean Pendidikan?"}},
		{[]string{"--since", "kemarin"}, []string{"kemarin"}},
		{[]string{"--kind", "KSD"}, []string{"KSDD"}},
		{[]string{"--status", "sined"}, []string{"signed"}},
		{[]string{"--instrument", "mou"}, []string{"nota_kesepahaman"}},
		{[]string{"--sort", "up"}, []string{"newest"}},
		{[]string{"--size", "100000"}, []string{"200"}},
		{[]string{`"open`}, []string{"not closed"}},
	} {
		args := append([]string{"search"}, tt.args...)
		args = append(args, "--data", t.TempDir())
		runIn(t, home(t), "", args...).want(t, exitUsage, tt.want...)
	}
}

func TestLawID(t *testing.T) {
	for in, want := range map[string]string{
		"UU 23/2014": "UU 23/2014", "uu 23 tahun 2014": "UU 23/2014", "UU No. 23 Tahun 2014": "UU 23/2014",
		"permendagri nomor 22 tahun 2020": "Permendagri 22/2020", "pp 28/2018": "PP 28/2018", "Pancasila": "Pancasila",
	} {
		if got := lawID(in); got != want {
			t.Errorf("lawID(%q) = %q, want %q", in, got, want)
		}
	}
}
