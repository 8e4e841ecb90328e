package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pakta"
	"pakta/archive"
	"pakta/crawler"
	"pakta/warc"
)

// webArchive writes a web archive of articles, a list and a bad record, and
// returns its name.
func webArchive(t *testing.T) string {
	t.Helper()
	var file bytes.Buffer
	w, err := warc.NewWriter(&file, "pakta/test")
	if err != nil {
		t.Fatal(err)
	}
	write := func(path, body string) {
		url := "https://kabar.example" + path
		if err := w.Write(&pakta.Page{URL: url, Final: url, Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte(body),
			Fetched: time.Date(2026, 3, 2, 3, 0, 0, 0, time.UTC)}); err != nil {
			t.Fatal(err)
		}
	}
	write("/", "<title>Kabar</title><a href=/berita/satu>Satu</a>")
	sentence := "Bupati Batang Hari dan Bupati Sarolangun menandatangani kesepakatan bersama tentang kerja sama daerah bidang pendidikan, Senin (2/3/2026). "
	for i := range 3 {
		write(fmt.Sprintf("/berita/kerja-sama-daerah-%d", i), fmt.Sprintf("<title>Kerja Sama %d</title><h1>Kerja Sama Daerah Nomor %d</h1><article><p>%s</p><p>%s Pertemuan ke-%d.</p></article>",
			i, i, strings.Repeat(sentence, 2), sentence, i))
	}
	part := func(n int) string {
		return fmt.Sprintf("<title>Dua Halaman</title><h1>Berita Dua Halaman</h1><article><p>%s</p><p>%s</p></article><a href='?page=2'>2</a>",
			strings.Repeat(fmt.Sprintf("Halaman ke-%d dari kabar ini. ", n), 6), strings.Repeat(fmt.Sprintf("Lanjutan ke-%d dari kabar. ", n), 6))
	}
	write("/berita/berita-dua-halaman-itu", part(1))
	write("/berita/berita-dua-halaman-itu?page=2", part(2))
	file.WriteString("\x1f\x8b\x08 bukan gzip")
	name := filepath.Join(t.TempDir(), "kabar.warc.gz")
	if err := os.WriteFile(name, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestWebArchives: the articles of a web archive are imported with their
// pages, and what is exported can be imported again.
func TestWebArchives(t *testing.T) {
	first, second := home(t), home(t)
	name := webArchive(t)
	runIn(t, first, "", "import", name).want(t, exitFailed, "5 new or changed", "1 bad", "1 pages are no articles")
	runIn(t, first, "", "import", name).want(t, exitFailed, "0 new or changed", "5 there already")
	store, err := archive.Open(t.Context(), filepath.Join(first["HOME"], ".local", "share", "pakta", "pakta.db"))
	if err != nil {
		t.Fatal(err)
	}
	art, err := store.Article(t.Context(), crawler.ArticleID("https://kabar.example/berita/berita-dua-halaman-itu"))
	if err != nil || !strings.Contains(art.Text, "Halaman ke-1") || !strings.Contains(art.Text, "Lanjutan ke-2") {
		t.Errorf("the article of two pages is %+v (%v)", art, err)
	}
	store.Close()
	copied := filepath.Join(t.TempDir(), "salinan.warc.gz")
	runIn(t, first, "", "export", "--format", "warc", "-o", copied).want(t, exitDone, "5 pages exported")
	again := filepath.Join(t.TempDir(), "lagi.warc.gz")
	runIn(t, first, "", "export", "--format", "warc", "-o", again).want(t, exitDone)
	a, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(again); err != nil || !bytes.Equal(a, b) {
		t.Errorf("two exports differ (%v)", err)
	}
	runIn(t, second, string(a), "import", "-").want(t, exitDone, "5 new or changed", "0 bad")
	one, two := runIn(t, first, "", "export"), runIn(t, second, "", "export")
	if one.stdout == "" || one.stdout != two.stdout {
		t.Errorf("agreements differ:\n%s\n%s", one.stdout, two.stdout)
	}
	runIn(t, first, "", "export", "--format", "warc", "--region", "15").want(t, exitUsage, "no filters")
	runIn(t, home(t), "", "export", "--format", "warc").want(t, exitFailed, "nothing is archived")
}
