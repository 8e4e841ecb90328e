package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReextractFromPages: articles are read again out of the kept pages, here
// because the layout of a site has become known, without asking the site.
func TestReextractFromPages(t *testing.T) {
	const boilerplate = "Redaksi menerima kiriman tulisan dari pembaca di seluruh daerah setiap hari kerja dan memuatnya di rubrik ini."
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<h1>Warta</h1><a href="/berita/merangin-dan-kerinci-teken-kesepakatan">Merangin dan Kerinci Teken Kesepakatan Bersama</a> 9 Agustus 2025`)
	})
	mux.HandleFunc("/berita/merangin-dan-kerinci-teken-kesepakatan", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<html><head><title>Merangin dan Kerinci Teken Kesepakatan Bersama</title></head><body><h1>Merangin dan Kerinci Teken Kesepakatan Bersama</h1>`+
			`<div class="kotak"><p>Sabtu, 9 Agustus 2025</p><p>Pemerintah Kabupaten Merangin dan Pemerintah Kabupaten Kerinci menandatangani kesepakatan bersama di Aula Kantor Bupati Merangin, Jumat (8/8/2025).</p>`+
			`<p>Kesepakatan bersama itu meliputi bidang pendidikan, kesehatan, dan perhubungan.</p><p class="layanan">`+boilerplate+`</p></div></body></html>`)
	})
	srv := httptest.NewServer(mux)
	dir := t.TempDir()
	config := "crawler: {allow_private: true, delay: 0s}\nsources: [{name: x, url: \"" + srv.URL + "/\"}]\n"
	if err := os.WriteFile(filepath.Join(dir, "pakta.yaml"), []byte(config), 0o644); err != nil {
		t.Fatal(err)
	}
	runBinary(t, "crawl", "--data", dir).want(t, exitDone, "1 articles fetched")
	srv.Close()
	before := articleText(t, dir)
	if !strings.Contains(before, boilerplate) {
		t.Fatalf("the article lacks the words that are to go:\n%s", before)
	}
	runBinary(t, "reextract", "--data", dir).want(t, exitDone, "0 records came out differently")

	sites := filepath.Join(t.TempDir(), "sites.csv")
	const table = "host,from,until,title,text,published,author,remove\n127.0.0.1,,,,.kotak,,,.layanan\n"
	if err := os.WriteFile(sites, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	runBinary(t, "reextract", "--data", dir, "--sites", sites, "--dry-run").want(t, exitDone, "1 articles came out of their pages differently", "nothing was stored")
	if got := articleText(t, dir); got != before {
		t.Errorf("--dry-run changed the article:\n%s", got)
	}
	runBinary(t, "reextract", "--data", dir, "--sites", sites).want(t, exitDone, "1 articles came out of their pages differently, 0 pages give none any more")
	if got := articleText(t, dir); strings.Contains(got, boilerplate) || !strings.Contains(got, "pendidikan, kesehatan") {
		t.Errorf("the article read again:\n%s", got)
	}
	if err := os.WriteFile(sites, []byte("host\nx"), 0o644); err != nil {
		t.Fatal(err)
	}
	runBinary(t, "reextract", "--data", dir, "--sites", sites).want(t, exitUsage, "sites.csv:1: want the columns")
}

// articleText is the text of the only article of a data directory.
func articleText(t *testing.T, dir string) string {
	t.Helper()
	all := contents(t, dir).articles
	if len(all) != 1 {
		t.Fatalf("%d articles, want 1", len(all))
	}
	for _, text := range all {
		return text
	}
	return ""
}
