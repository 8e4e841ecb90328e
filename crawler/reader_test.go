package crawler

import (
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pakta"
)

// htmlPage is a page at an address of an invented outlet.
func htmlPage(address, html string) *pakta.Page {
	return &pakta.Page{URL: address, Final: address, Status: 200, Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(html)}
}

// Two paragraphs of an article, and one of something else.
const (
	satu = "Pemerintah Kabupaten Ngawi dan Pemerintah Kota Magelang menyepakati kerja sama pengelolaan sampah di perbatasan."
	dua  = "Naskahnya diteken kedua kepala daerah di pendopo, disaksikan para camat dan kepala dinas dari dua daerah itu."
	lain = "Redaksi menerima tulisan dari pembaca setiap hari kerja, lengkap dengan identitas dan nomor yang dapat dihubungi."
)

func TestText(t *testing.T) {
	both := []string{satu, dua}
	tests := []struct {
		name, html string
		want       []string
	}{
		{"nested deeper than the parser goes", strings.Repeat("<div>", 700) + "<h1>Judul Berita Daerah</h1><p>" + satu + "</p><p>" + dua, both},
		{"nested in tables", strings.Repeat("<table><tr><td>", 500) + "<h1>Judul Berita Daerah</h1><p>" + satu + "</p><p>" + dua + "</p>", both},
		{"list", "<h1>Judul Berita Daerah</h1><div><p>" + satu + "</p><ul><li>Sampah</li><li>Air bersih</li></ul><p>" + dua + "</p></div>", []string{satu, "Sampah", "Air bersih", dua}},
		{"table", "<h1>Judul Berita Daerah</h1><div><p>" + satu + "</p><table><tr><th>Desa</th><th>Warga</th></tr><tr><td>Sukamaju</td><td>120</td></tr></table><p>" + dua + "</p></div>", []string{satu, "Desa | Warga", "Sukamaju | 120", dua}},
		{"table in a figure", "<h1>Judul Berita Daerah</h1><div><p>" + satu + "</p><figure><table><tr><td>Sukamaju</td><td>120</td></tr></table></figure><p>" + dua + "</p></div>", []string{satu, "Sukamaju | 120", dua}},
		{"heading in the text", "<h1>Judul Berita Daerah</h1><div><p>" + satu + "</p><h2>Berlaku Lima Tahun</h2><p>" + dua + "</p></div>", []string{satu, "Berlaku Lima Tahun", dua}},
		{"invisible characters", "<h1>Judul Berita Daerah</h1><div><p>" + strings.Replace(satu, " ", "&nbsp;", 3) + "</p><p>" + strings.Replace(dua, "kepala", "ke\u00adpa\u200bla", 1) + "</p></div>", both},
		{"comments longer than the article", "<h1>Judul Berita Daerah</h1><div><p>" + satu + "</p><p>" + dua + "</p></div><div id=comments>" + strings.Repeat("<div class=c><b>Warga</b><p>"+lain+lain+"</p></div>", 9) + "</div>", both},
		{"column longer than the article", "<h1>Judul Berita Daerah</h1><div class=x><p>" + satu + "</p><p>" + dua + "</p></div><div class=y><p>" + lain + "</p><p>" + lain + lain + "</p></div>", both},
		{"class sidebar around the article", `<div class="blog_left_sidebar"><h2>Judul Berita Daerah</h2><p>` + satu + "</p><p>" + dua + `</p></div><div class="right_sidebar"><p>` + lain + "</p></div>", both},
		{"related between paragraphs", "<h1>Judul Berita Daerah</h1><div><p>" + satu + "</p><p><b>BACA JUGA: <a href=/x>Warga Keluhkan Jalan Rusak</a></b></p><p>Simak juga: Warga Keluhkan Jalan Rusak</p><p>" + dua + "</p></div>", both},
		{"line breaks that are shown", `<h1>Judul Berita Daerah</h1><div class="isi" style="white-space: pre-line">` + satu + "\n\n" + dua + "</div>", both},
		{"line breaks that are shown, by a class", `<h1>Judul Berita Daerah</h1><article class="prose whitespace-pre-wrap"><div>` + satu + "\r\n \r\n" + dua + "</div></article>", both},
		{"preformatted", "<h1>Judul Berita Daerah</h1><pre>" + strings.Replace(satu, " dan ", "\ndan ", 1) + "\n\n" + dua + "</pre>", both},
		{"line breaks that are not shown", "<h1>Judul Berita Daerah</h1><div><p>" + strings.Replace(satu, " dan ", "\n\n dan ", 1) + "</p><p>" + dua + "</p></div>", both},
		{"markup that readers see", "<h1>Judul Berita Daerah</h1><div>" + html.EscapeString("<p>"+satu+"</p><p>"+dua+"</p>") + "</div>", both},
		{"escaped twice", "<h1>Judul Berita Daerah</h1><div><p>" + strings.Replace(satu, " ", "&amp;nbsp;", 3) + "</p><p>" + dua + "</p></div>", both},
		{"not shown", `<h1>Judul Berita Daerah</h1><div><p>` + satu + `</p><p style="display: none">` + lain + `</p><p hidden>` + lain + `</p><p>` + dua + "</p></div>", both},
		{"hashtags and signs", "<h1>Judul Berita Daerah</h1><div><p>" + satu + "</p><p>***</p><p>" + dua + "</p><p>#kerjasama #sampah</p><p>Editor: Lestari Puspandari</p></div>", both},
		{"paragraphs with links are no teasers", "<h1>Judul Berita Daerah</h1><div><div>" + strings.Replace(satu, "kerja sama", "<a href=/t>kerja sama</a>", 1) + "</div><div>" + strings.Replace(dua, "pendopo", "<a href=/p>pendopo</a>", 1) + "</div><div>" + strings.Replace(lain, "Redaksi", "<a href=/r>Redaksi</a>", 1) + "</div></div>", []string{satu, dua, lain}},
	}
	for _, tt := range tests {
		art, err := ReadArticle(htmlPage("https://ngawikini.example/judul", tt.html))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, strings.Split(art.Text, "\n\n")); diff != "" {
			t.Errorf("%s: text wanted (-) and read (+):\n%s", tt.name, diff)
		}
		if art.Title != "Judul Berita Daerah" {
			t.Errorf("%s: title %q", tt.name, art.Title)
		}
	}
}

func TestStructured(t *testing.T) {
	const article = `"@type":"NewsArticle","headline":"Judul Berita Daerah","datePublished":"2024-02-05T10:15:00+07:00"`
	tests := []struct{ name, json, wantAuthor string }{
		{"alone", `{` + article + `,"author":{"@type":"Person","name":"Teguh Prakoso"}}`, "Teguh Prakoso"},
		{"array", `[{"@type":"Organization","name":"X"},{` + article + `,"author":[{"name":"Teguh Prakoso"},{"name":"Lestari"}]}]`, "Teguh Prakoso"},
		{"graph, author by reference", `{"@graph":[{` + article + `,"author":{"@id":"#p1"}},{"@type":"Person","@id":"#p1","name":"Teguh Prakoso"}]}`, "Teguh Prakoso"},
		{"main entity", `{"@type":"WebPage","mainEntity":{` + article + `,"author":"Teguh Prakoso"}}`, "Teguh Prakoso"},
		{"types", `{"@type":["Article","Thing"],"headline":"Judul Berita Daerah","datePublished":"2024-02-05T10:15:00+07:00","author":"Teguh Prakoso"}`, "Teguh Prakoso"},
		{"type by address", `{"@type":"http://schema.org/BlogPosting","headline":"Judul Berita Daerah","datePublished":"2024-02-05T10:15:00+07:00","author":"Teguh Prakoso"}`, "Teguh Prakoso"},
		{"line break in a string", "{" + article + ",\"description\":\"satu\ndua\ttiga\",\"author\":\"Teguh Prakoso\"}", "Teguh Prakoso"},
		{"comma at the end", `{` + article + `,"author":"Teguh Prakoso", }`, "Teguh Prakoso"},
		{"bad escape", `{` + article + `,"description":"Pj\. Bupati","author":"Teguh Prakoso"}`, "Teguh Prakoso"},
		{"cdata", `//<![CDATA[` + "\n{" + article + `,"author":"Teguh Prakoso"}` + "\n//]]>", "Teguh Prakoso"},
		{"entities", strings.ReplaceAll(`{`+article+`,"author":"Teguh Prakoso"}`, `"`, "&quot;"), "Teguh Prakoso"},
	}
	for _, tt := range tests {
		art, err := ReadArticle(htmlPage("https://ngawikini.example/judul", `<script type="application/ld+json">`+tt.json+`</script><div><p>`+satu+"</p><p>"+dua+"</p></div>"))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if art.Title != "Judul Berita Daerah" || art.Author != tt.wantAuthor || art.Published.Format(time.RFC3339) != "2024-02-05T10:15:00+07:00" {
			t.Errorf("%s: read %q by %q at %s", tt.name, art.Title, art.Author, art.Published)
		}
	}
	for _, broken := range []string{`{"@type":`, strings.Repeat("[", 50_000), `{"@type":"NewsArticle","headline":7}`, "null", ""} {
		if art, err := ReadArticle(htmlPage("https://ngawikini.example/judul", `<title>Judul Berita Daerah</title><script type="application/ld+json">`+broken+`</script><p>`+satu+"</p><p>"+dua+"</p>")); err != nil || art.Title != "Judul Berita Daerah" {
			t.Errorf("broken data %.20q: %v", broken, err)
		}
	}
}

// TestPublished: which time is believed, and that the choice is explained when
// the page contradicts itself.
func TestPublished(t *testing.T) {
	ldTime := func(s string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Judul Berita Daerah","datePublished":"` + s + `"}</script>`
	}
	shown := func(s string) string { return "<h1>Judul Berita Daerah</h1><p class=tgl>" + s + "</p>" }
	tests := []struct {
		name, html, address, want string
		wantWhy                   bool
	}{
		{"written in WITA", shown("Senin, 5 Februari 2024 | 10.15 WITA"), "", "2024-02-05T10:15:00+08:00", false},
		{"written in WIT, after a word", shown("Diterbitkan: 05/02/2024 10:15 WIT"), "", "2024-02-05T10:15:00+09:00", false},
		{"data in UTC, text in WITA", ldTime("2024-02-05T02:15:30Z") + shown("Senin, 5 Februari 2024 10:15 WITA"), "", "2024-02-05T10:15:30+08:00", false},
		{"data in UTC alone", ldTime("2024-02-05T20:15:00+00:00") + shown(""), "", "2024-02-06T03:15:00+07:00", false},
		{"local time taken for UTC", ldTime("2024-02-05T10:15:00+00:00") + shown("Senin, 5 Februari 2024 10:15 WIB"), "", "2024-02-05T10:15:00+07:00", true},
		{"data has the day only", ldTime("2024-02-05") + shown("5 Februari 2024 10:15 WIB"), "", "2024-02-05T10:15:00+07:00", true},
		{"address agrees with the text", ldTime("2026-01-09T01:00:00+07:00") + shown("5 Februari 2024 10:15 WIB"), "https://ngawikini.example/2024/02/05/judul/", "2024-02-05T10:15:00+07:00", true},
		{"in the future", ldTime("2029-01-09T01:00:00+07:00") + shown("5 Februari 2024 10:15 WIB"), "", "2024-02-05T10:15:00+07:00", true},
		{"data counts otherwise", ldTime("2024-02-04T01:00:00+07:00") + shown("5 Februari 2024 10:15 WIB"), "", "2024-02-04T01:00:00+07:00", true},
		{"today above the headline", "<div>Selasa, 24 November 2026</div>" + shown("Senin, 5 Februari 2024 10:15 WIB"), "", "2024-02-05T10:15:00+07:00", false},
		{"teasers with times above", "<div>" + strings.Repeat(`<div class=t><a href=/x>Warga Keluhkan Jalan Rusak</a><time datetime="2026-11-24T01:00:00+07:00"></time></div>`, 4) + "</div>" + shown("Senin, 5 Februari 2024 10:15 WIB"), "", "2024-02-05T10:15:00+07:00", false},
		{"changed later", shown("Senin, 5 Februari 2024 10:15 WIB") + "<p>Diperbarui: Selasa, 6 Februari 2024 08:00 WIB</p>", "", "2024-02-05T10:15:00+07:00", false},
		{"address alone", "<h1>Judul Berita Daerah</h1>", "https://ngawikini.example/2024/02/05/judul/", "2024-02-05T00:00:00+07:00", false},
	}
	for _, tt := range tests {
		p := htmlPage(firstOf(tt.address, "https://ngawikini.example/judul"), tt.html+"<div><p>"+satu+"</p><p>"+dua+"</p></div>")
		p.Fetched = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
		art, reading, err := (&Reader{}).Read(p)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if got := art.Published.Format(time.RFC3339); got != tt.want || (reading.Times.Why != "") != tt.wantWhy {
			t.Errorf("%s: published %s because %q, want %s, explained %v", tt.name, got, reading.Times.Why, tt.want, tt.wantWhy)
		}
		if tt.name == "changed later" && art.Modified.Format(time.RFC3339) != "2024-02-06T08:00:00+07:00" {
			t.Errorf("%s: modified %s", tt.name, art.Modified)
		}
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ name, html string }{
		{"suffix", "<title>Judul Berita Daerah | Ngawi Kini</title>"},
		{"prefix", "<title>Ngawi Kini :: Judul Berita Daerah</title>"},
		{"longer site", "<title>Judul Berita Daerah - Portal Resmi Pemerintah Kabupaten Ngawi Ramah</title><h2>Judul Berita Daerah</h2>"},
		{"cut in the data", `<meta property="og:title" content="Judul Berita..."><h1>Judul Berita Daerah</h1>`},
		{"one for the whole site", `<meta property="og:title" content="Pemerintah Kabupaten Ngawi"><meta property="og:site_name" content="Pemerintah Kabupaten Ngawi"><title>Detail</title><h1>Judul Berita Daerah</h1>`},
		{"site is the h1", `<title>Judul Berita Daerah</title><h1><a href="/">Pemerintah Kabupaten Ngawi</a></h1><h2>Judul Berita Daerah</h2>`},
		{"one for the whole site, unnamed", `<title>Pemerintah Kabupaten Ngawi</title><meta property="og:title" content="Pemerintah Kabupaten Ngawi"><h3>Judul Berita Daerah</h3>`},
		{"named after titles", `<title>Pemerintah Kabupaten Ngawi</title><div class="panel"><div class="panel-heading">Judul Berita Daerah</div><i>5 Februari 2024</i></div>`},
		{"escaped twice", `<title>Judul &amp;nbsp;Berita Daerah</title><h1>Judul &amp;nbsp;Berita Daerah</h1>`},
		{"way in the heading", `<title>Detail</title><h1><a href="/berita">Berita Pemerintahan</a> <b>Judul Berita Daerah</b></h1>`},
	}
	for _, tt := range tests {
		art, err := ReadArticle(htmlPage("https://ngawikini.example/judul", tt.html+"<div><p>"+satu+"</p><p>"+dua+"</p></div>"))
		if err != nil || art.Title != "Judul Berita Daerah" {
			t.Errorf("%s: title %q, %v", tt.name, art.Title, err)
		}
	}
}

func TestWordPressPost(t *testing.T) {
	post := `{"date":"2024-02-05T10:15:00","date_gmt":"2024-02-05T03:15:00","modified_gmt":"2024-02-06T03:15:00","link":"https://ngawikini.example/judul/",
		"title":{"rendered":"Judul &#8220;Berita&#8221; Daerah"},"content":{"rendered":"<p>` + satu + `<\/p><p>` + dua + `<\/p>"},"_embedded":{"author":[{"name":"Teguh Prakoso"}]}}`
	for _, body := range []string{post, "[" + post + "]"} {
		art, err := ReadArticle(htmlPage("https://ngawikini.example/wp-json/wp/v2/posts/7", body))
		if err != nil {
			t.Fatal(err)
		}
		want := pakta.Article{ID: ArticleID("https://ngawikini.example/judul/"), URL: art.URL, Site: "ngawikini.example", Title: "Judul “Berita” Daerah", Text: satu + "\n\n" + dua, Author: "Teguh Prakoso"}
		got := *art
		got.Published, got.Modified = pakta.Time{}, pakta.Time{}
		if diff := cmp.Diff(want, got); diff != "" || art.Published.Format(time.RFC3339) != "2024-02-05T10:15:00+07:00" || art.Modified.Day() != 6 {
			t.Errorf("wanted (-) and read (+):\n%s\npublished %s, modified %s", diff, art.Published, art.Modified)
		}
	}
}

func TestSites(t *testing.T) {
	if rules := bundledSites(); len(rules) == 0 {
		t.Error("no bundled sites")
	}
	const head = "host,from,until,title,text,published,author,remove\n"
	rules, err := ParseSites("situs.csv", strings.NewReader(head+"ngawikini.example,,2020-01-01,,.lama,,,\nngawikini.example,2020-01-01,,.j,.baru,,.p,.buang\n"))
	if err != nil {
		t.Fatal(err)
	}
	html := "<div class=j>Judul Berita Daerah</div><div class=p>Oleh: Teguh Prakoso</div><div class=lama><p>" + satu + "</p><p>" + satu + lain + "</p></div><div class=baru><p>" + dua + "</p><p class=buang>" + lain + "</p><p>" + dua + satu + "</p></div>"
	for _, tt := range []struct {
		year int
		want string
	}{{2015, satu + "\n\n" + satu + lain}, {2024, dua + "\n\n" + dua + satu}, {0, dua + "\n\n" + dua + satu}} {
		p := htmlPage("https://www.ngawikini.example/judul", "<title>Judul Berita Daerah</title>"+html)
		if tt.year > 0 {
			p.Fetched = time.Date(tt.year, 5, 1, 0, 0, 0, 0, time.UTC)
		}
		art, reading, err := (&Reader{Sites: rules}).Read(p)
		if err != nil || art.Text != tt.want || reading.Text != "site" {
			t.Errorf("fetched in %d: %v, %s:\n%s\nwant\n%s", tt.year, err, reading.Text, art.Text, tt.want)
		}
	}
	_, err = ParseSites("situs.csv", strings.NewReader(head+"https://x.example,,,,,,,\nb.example,5/2/2024,,,p[,,,\na.example,2024-02-05,2024-01-01,,,,,\n"))
	if err == nil {
		t.Fatal("a wrong table: want an error")
	}
	for _, want := range []string{"situs.csv:2: host", "situs.csv:3: from", "situs.csv:3: text", "situs.csv:4: until", "situs.csv:4: not sorted"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error %q, want %q in it", err, want)
		}
	}
}

func TestPartsOf(t *testing.T) {
	tests := []struct {
		name, html, wantWhole string
		wantNext              []string
	}{
		{"all", `<a href="?page=2">2</a><a href="?page=all">Semua</a>`, "https://ngawikini.example/judul/?page=all", []string{"https://ngawikini.example/judul/?page=2"}},
		{"wordpress", `<div class="page-links">Halaman: <span class="post-page-numbers current">1</span><a class="post-page-numbers" href="https://ngawikini.example/judul/3/">3</a></div>`, "", []string{"https://ngawikini.example/judul/2/", "https://ngawikini.example/judul/3/"}},
		{"another article", `<div class="page-links"><a href="/lain/2/">2</a></div><a href="/lain?page=2">2</a>`, "", nil},
		{"endless", `<a href="?page=100000">x</a>`, "", nil},
	}
	for _, tt := range tests {
		whole, next := partsOf(htmlPage("https://ngawikini.example/judul/", tt.html))
		if whole != tt.wantWhole || !slices.Equal(next, tt.wantNext) {
			t.Errorf("%s: %q, %q, want %q, %q", tt.name, whole, next, tt.wantWhole, tt.wantNext)
		}
	}
}

// TestHeldOutLessons: faults that held-out pages showed.
func TestHeldOutLessons(t *testing.T) {
	const body = "<p>" + satu + "</p><p>" + dua + "</p>"
	tests := []struct{ name, html, wantText string }{
		{"caption above the text", `<h1>Judul Berita Daerah</h1><div class=c><img><p>Para camat di pendopo Kabupaten Ngawi pada hari itu. Foto: Dok. Humas</p></div><div class=w>` + body + "</div>", satu + "\n\n" + dua},
		{"shown in parts", `<h1>Judul Berita Daerah</h1><div><div class=hal><div>` + body + `</div></div><div class=hal><div><p>` + lain + "</p></div></div></div>", satu + "\n\n" + dua + "\n\n" + lain},
		{"excerpt in the head", `<header><h1>Judul Berita Daerah</h1><p>` + lain + `</p></header><section class=s>` + body + "</section>", satu + "\n\n" + dua},
		{"boxes beside one another", "<h1>Judul Berita Daerah</h1><div><span>Teguh Prakoso</span><span>3 menit baca</span><span>5 Februari 2024</span></div><div>" + body + "</div>", satu + "\n\n" + dua},
	}
	for _, tt := range tests {
		art, err := ReadArticle(htmlPage("https://ngawikini.example/judul", tt.html))
		if err != nil || art.Text != tt.wantText {
			t.Errorf("%s: %v, text\n%s\nwant\n%s", tt.name, err, art.Text, tt.wantText)
		}
	}
}
