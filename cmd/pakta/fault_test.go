package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pakta/crawler/newsroom"
	"pakta/index"
)

// TestDiskFullDuringCrawl crawls onto a file system that is too small, then
// again when it has grown: nothing is lost, nothing is there twice.
func TestDiskFullDuringCrawl(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can mount a small file system")
	}
	rooms, err := newsroom.Start(t.Context(), newsroom.Options{Port: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer rooms.Close()
	small := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("cannot mount here: %s", out)
	}
	defer exec.Command("umount", "-l", small).Run()
	dir := filepath.Join(small, "data")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(configured(t, rooms, "delay: 0s"), "pakta.yaml")
	runBinary(t, "crawl", "--data", dir, "--config", config).want(t, exitFailed, "full")
	if out, err := exec.Command("mount", "-o", "remount,size=200m", small).CombinedOutput(); err != nil {
		t.Fatalf("grow the file system: %s", out)
	}
	eventually(t, 30*time.Second, "the second crawl is done", func() bool {
		return runBinary(t, "crawl", "--data", dir, "--config", config).code == exitDone
	})
	undisturbed := configured(t, rooms, "delay: 0s")
	runBinary(t, "crawl", "--data", undisturbed).want(t, exitDone)
	if diff := cmp.Diff(contents(t, undisturbed), contents(t, dir), cmp.AllowUnexported(archived{})); diff != "" {
		t.Errorf("after a full disk (-undisturbed +here):\n%s", diff)
	}
	if diff := cmp.Diff(exported(t, undisturbed), exported(t, dir)); diff != "" {
		t.Errorf("export after a full disk (-undisturbed +here):\n%s", diff)
	}
}

// TestDataDirectoryWithoutRights runs as somebody who may not write there.
func TestDataDirectoryWithoutRights(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "import", "--data", dir, "-")
	if os.Getuid() == 0 {
		const nobody = 65534
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
		for _, open := range []string{filepath.Dir(binary), filepath.Dir(dir), filepath.Dir(filepath.Dir(dir))} {
			if err := os.Chmod(open, 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	cmd.Stdin = strings.NewReader(articleLines(t))
	cmd.Env = []string{"HOME=/nowhere"}
	out, _ := cmd.CombinedOutput()
	outcome{code: cmd.ProcessState.ExitCode(), stderr: string(out)}.want(t, exitFailed, "permission denied", dir)
}

// TestIndexLockedByNobodyThatServes: somebody holds the index and no server
// answers in its place.
func TestIndexLockedByNobodyThatServes(t *testing.T) {
	rooms, err := newsroom.Start(t.Context(), newsroom.Options{Port: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer rooms.Close()
	dir := configured(t, rooms, "delay: 0s")
	runBinary(t, "crawl", "--data", dir).want(t, exitDone)
	held, err := index.Open(context.Background(), dataDir(dir).index(), index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	begin := time.Now()
	runBinary(t, "search", "--data", dir, "pendidikan").want(t, exitFailed, "in use", "process")
	if took := time.Since(begin); took > 20*time.Second {
		t.Errorf("the error took %s", took)
	}
}

// hostileSite has a list of articles: one good, one of 200 MB, one that
// unpacks to 200 MB, one of no bytes.
func hostileSite(t *testing.T) *httptest.Server {
	t.Helper()
	const huge = 200 << 20
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<html><body><h1>Berita</h1><ul>
<li><a href="/berita/bupati-teken-kesepakatan-bersama">Bupati Teken Kesepakatan Bersama dengan Kabupaten Tetangga</a> 9 Agustus 2025</li>
<li><a href="/berita/halaman-yang-besar-sekali">Halaman yang Besar Sekali di Situs Ini</a> 9 Agustus 2025</li>
<li><a href="/berita/halaman-yang-dimampatkan">Halaman yang Dimampatkan Sampai Kecil</a> 9 Agustus 2025</li>
<li><a href="/berita/halaman-tanpa-isi-apa-pun">Halaman Tanpa Isi Apa Pun Hari Ini</a> 9 Agustus 2025</li></ul></body></html>`)
	})
	article := "<html><head><title>Bupati Teken Kesepakatan Bersama</title></head><body><article><h1>Bupati Teken Kesepakatan Bersama</h1>" +
		"<p>Sabtu, 9 Agustus 2025</p><p>Pemerintah Kabupaten Merangin dan Pemerintah Kabupaten Kerinci menandatangani kesepakatan bersama di Aula Kantor Bupati Merangin, Jumat (8/8/2025).</p>" +
		"<p>Kesepakatan bersama itu meliputi bidang pendidikan, kesehatan, dan perhubungan, serta berlaku selama lima tahun sejak ditandatangani oleh kedua kepala daerah.</p>" +
		"<p>Naskahnya dibacakan di depan para camat dan kepala dinas dari kedua kabupaten, yang bertugas menyusun rencana kerja.</p></article></body></html>"
	mux.HandleFunc("/berita/bupati-teken-kesepakatan-bersama", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, article) })
	mux.HandleFunc("/berita/halaman-yang-besar-sekali", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		flood(w, huge)
	})
	mux.HandleFunc("/berita/halaman-yang-dimampatkan", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		flood(z, huge)
		z.Close()
	})
	mux.HandleFunc("/berita/halaman-tanpa-isi-apa-pun", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/html") })
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv
}

// watchMemory looks at a process until it ends; peak gives its largest resident
// set in KiB, 0 where the system does not tell. What wait4 says is no use: until
// its exec the child is counted with the memory of this process.
func watchMemory(pid int) (peak func() int) {
	last := make(chan int, 1)
	go func() {
		most := 0
		for {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			_, after, found := strings.Cut(string(status), "VmHWM:")
			if err != nil || !found { // it has ended
				last <- most
				return
			}
			if fields := strings.Fields(after); len(fields) > 0 {
				if n, err := strconv.Atoi(fields[0]); err == nil {
					most = max(most, n)
				}
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return func() int { return <-last }
}

// flood writes n bytes of paragraphs, or as many as are taken.
func flood(w io.Writer, n int) {
	chunk := []byte("<html><body>" + strings.Repeat("<p>Pemerintah kabupaten menandatangani kesepakatan bersama.</p>\n", 1000))
	for n > 0 {
		if _, err := w.Write(chunk); err != nil {
			return // who asked has had enough
		}
		n -= len(chunk)
	}
}

func TestHugeAndEmptyPages(t *testing.T) {
	srv := hostileSite(t)
	dir := t.TempDir()
	config := "crawler: {allow_private: true, delay: 0s}\nsources: [{name: x, url: \"" + srv.URL + "/\"}]\n"
	if err := os.WriteFile(filepath.Join(dir, "pakta.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	c := start(t, "crawl", "--data", dir)
	peak := watchMemory(c.cmd.Process.Pid)
	c.wait(t).want(t, exitDone)
	const flat = 300 << 10 // KiB; ten times the bound of a body, beside the rules
	if used := peak(); used > flat {
		t.Errorf("%d KiB resident, want %d at most", used, flat)
	}
	got := contents(t, dir)
	if len(got.articles) != 1 || len(got.agreements) != 1 {
		t.Errorf("%d articles and %d agreements, want the good one of each:\n%s", len(got.articles), len(got.agreements), c.stderr.String())
	}
	runBinary(t, "status", "--data", dir).want(t, exitDone, "3 rejected")
}

func TestNothingToRead(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.html")
	if err := os.WriteFile(empty, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	runIn(t, home(t), "", "extract", "--from", "text", "-").want(t, exitFailed, "empty")
	runIn(t, home(t), "", "extract", "--from", "html", empty).want(t, exitFailed, "empty")
	runIn(t, home(t), "", "import", empty).want(t, exitFailed, "empty")
}

// millionSite has a sitemap index that says no times, with twenty parts of fifty
// thousand articles, and counts which parts were asked for.
func millionSite(t *testing.T) (srv *httptest.Server, parts *sync.Map) {
	t.Helper()
	mux := http.NewServeMux()
	srv, parts = httptest.NewServer(mux), &sync.Map{}
	t.Cleanup(srv.Close)
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<title>Kabar</title>Selamat datang") })
	mux.HandleFunc("/sitemap.xml", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "<sitemapindex>")
		for i := range 20 {
			fmt.Fprintf(w, "<sitemap><loc>%s/peta/%d.xml</loc></sitemap>", srv.URL, i)
		}
		io.WriteString(w, "</sitemapindex>")
	})
	mux.HandleFunc("/peta/{part}", func(w http.ResponseWriter, r *http.Request) {
		parts.Store(r.PathValue("part"), true)
		b := bufio.NewWriter(w)
		b.WriteString("<urlset>")
		for i := range 50_000 {
			fmt.Fprintf(b, "<url><loc>%s/berita/%s/judul-berita-yang-cukup-panjang-%d</loc></url>", srv.URL, strings.TrimSuffix(r.PathValue("part"), ".xml"), i)
		}
		b.WriteString("</urlset>")
		b.Flush() // to a client that may have gone
	})
	return srv, parts
}

// TestMillionAddresses: a site that lists a million articles costs disk, not
// memory; each run takes some up, and the next goes on from there.
func TestMillionAddresses(t *testing.T) {
	srv, parts := millionSite(t)
	dir := t.TempDir()
	config := "crawler: {allow_private: true, delay: 0s}\nsources: [{name: x, url: \"" + srv.URL + "/\"}]\n"
	if err := os.WriteFile(filepath.Join(dir, "pakta.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	for run, wantParts := range []int{2, 4} {
		c := start(t, "crawl", "--data", dir, "--max", "1")
		peak := watchMemory(c.cmd.Process.Pid)
		c.wait(t).want(t, exitDone, "sitemap", " 199 ")
		const flat = 200 << 10 // KiB
		if used := peak(); used > flat {
			t.Errorf("run %d: %d KiB resident, want %d at most", run, used, flat)
		}
		n := 0
		parts.Range(func(any, any) bool { n++; return true })
		if n < wantParts || n > wantParts+2 {
			t.Errorf("after run %d %d parts were asked for, want some %d", run, n, wantParts)
		}
	}
}

// TestFewFiles: with sixty-four open files at most, a crawl does its work.
func TestFewFiles(t *testing.T) {
	dir := newsroomDir(t, "delay: 0s")
	all, err := newsroom.Articles()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", `ulimit -n 64 && exec "$0" "$@"`, binary, "crawl", "--data", dir)
	out, err := cmd.CombinedOutput()
	if err != nil || len(contents(t, dir).articles) != len(all) {
		t.Errorf("crawl with 64 files: %v, %d articles, want %d\n%s", err, len(contents(t, dir).articles), len(all), out)
	}
}

// TestReaderOfOutputGone: who reads the output may leave, as head does; that is
// no crash.
func TestReaderOfOutputGone(t *testing.T) {
	cmd := exec.Command("sh", "-c", `("$0" extract --all - ; echo "code $?" >&2) | head -c 1 >/dev/null`, binary)
	cmd.Stdin = strings.NewReader(strings.Repeat(articleLines(t), 20))
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(out), "goroutine") || strings.Contains(string(out), "code 2") {
		t.Errorf("%v\n%.2000s", err, out)
	}
}

// TestBareEnvironment: without home, locale, zone or a terminal, in a directory
// that cannot be written to, the same comes out.
func TestBareEnvironment(t *testing.T) {
	want := runIn(t, home(t), articleLines(t), "extract", "--all", "-")
	for _, environment := range [][]string{{}, {"LANG=C", "LC_ALL=C", "TZ=America/New_York"}, {"TZ=Nowhere/Here", "HOME=/nowhere", "TERM=dumb"}} {
		cmd := exec.Command(binary, "extract", "--all", "-")
		cmd.Env, cmd.Dir, cmd.Stdin = environment, "/proc", strings.NewReader(articleLines(t))
		out, err := cmd.Output()
		if err != nil || string(out) != want.stdout {
			t.Errorf("with %q: %v, the same output %t", environment, err, string(out) == want.stdout)
		}
	}
}
