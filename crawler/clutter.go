package crawler

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// role is what the name of an element says of it.
type role uint8

const (
	rolePlain role = iota // nothing
	roleSide              // something around the article
	roleBody              // the article's text
)

// sideWords are words of class names and ids that mark what surrounds an
// article. A name is cut into words at anything but letters and digits.
var sideWords = wordSet(`share sharing sharer shares sharedaddy social socials sosmed addthis addtoany related relatedposts terkait rekomendasi recommended recommendation
	comment comments komentar disqus respond reply sidebar breadcrumb breadcrumbs crumbs pagination paging pager paginator nav navbar navigation menu topnav footer
	newsletter subscribe subscription subscriptions langganan mailchimp mc4wp promo promosi advertisement advert adverts ad ads adsbygoogle adspot iklan banner sponsor sponsored gpt parallax parallaxindetail
	popular populer terpopuler trending tags tagcloud labels authorbox bio caption figcaption byline bacajuga lihatjg linksisip sisip readmore bacalagi rating toolbar
	hits disclaimer cookie popup modal overlay login search searchform toc lwptoc postmeta postmetadata postviews copyright latest terbaru headline-list lainnya
	metacontent nextposts prevnext printfriendly callout widget-area recent recentpost fb embed credit jeg_ad`)

// sideNames are whole classes and ids of that kind, whose words alone are not
// sure.
var sideNames = wordSet(`widget widgets tags tag tag-list post-tags tag-content entry-meta post-meta author-box author-info td-a-rec baca baca-juga read-more read__newsletter
	author penulis editor post-navigation page-links post-views td-tags wp-caption wp-caption-text code-block sr-only screen-reader-text detail__multiple-link tr-caption
	itemImageCaption article-info article-info-muted createdate post-footer entry-footer post-header entry-header itemtoolbar jeg_meta_container meta post-info
	widget-area widget_recent_entries inline-related skip-link read__paging credit-title kg-callout-card elementor-location-inline node__meta submitted
	entry-utility single-meta date-header pager entry-tags keterangan field--name-field-keterangan field-name-field-tags field--name-field-tags blog-info-link
	jeg_post_tags jeg_inline_related link-wrapper blog-tags blog-pager note-author info_berita lain komentar-iframe-mobile`)

// bodyNames are classes and ids that systems give the text of an article:
// WordPress and its themes, portals, Blogspot, Joomla, Drupal, the templates
// of government sites.
var bodyNames = wordSet(`entry-content td-post-content post-content single-content content-inner post-body article-content article-body article__content article_content
	news-content konten-berita isi-berita isi_berita isiberita detail-berita berita-detail content-detail detail_text detail__body-text itp_bodycontent read__content detail-text
	side-article txt-article item-page itemfulltext field-name-body field--name-body node__content post-entry single_page_content teks trix-content gh-content
	amp-wp-article-content artikel isi article-text story-body storybody blog-content blog-post blog_details contentpaneopen elementor-widget-theme-post-content
	tdb_single_content wrap__article-detail-content ck-content prose the-content entry konten news-detail news-text post-text text-article page-content entry-body`)

// sideParts mark a name wherever they stand in it: they are written together
// with other words.
var sideParts = []string{"bacajuga", "baca-juga", "baca_juga", "related", "terkait", "comment", "komentar", "newsletter", "breadcrumb", "advert", "adsense", "sharethis", "sharebutton", "authorbox"}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[strings.ToLower(w)] = true
	}
	return set
}

// names are the class and the id of an element.
type names struct{ class, id string }

// roleOf is the role of an element by its kind, its class and its id.
func (d *document) roleOf(n *html.Node) role {
	switch n.DataAtom {
	case atom.Html, atom.Body:
		return rolePlain // its classes tell about the whole page
	case atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Header, atom.Ins, atom.Dialog:
		return roleSide
	}
	if strings.HasPrefix(n.Data, "amp-") {
		return roleSide
	}
	class, id := attr(n, "class"), attr(n, "id")
	if class == "" && id == "" {
		if strings.Contains(attr(n, "itemprop"), "articleBody") {
			return roleBody
		}
		return rolePlain
	}
	key := names{class, id}
	r, ok := d.names[key]
	if !ok {
		r = roleOfNames(class, id)
		d.names[key] = r
	}
	if r != roleSide && strings.Contains(attr(n, "itemprop"), "articleBody") {
		return roleBody
	}
	return r
}

// roleOfNames judges a class and an id.
func roleOfNames(class, id string) role {
	found := rolePlain
	for _, name := range append(strings.Fields(class), strings.Fields(id)...) {
		name = strings.ToLower(name)
		if bodyNames[name] {
			return roleBody
		}
		if sideNames[name] || sideName(name) {
			found = roleSide
		}
	}
	return found
}

// sideName reports whether a word of a name marks something around an
// article. "no-share" and "has-sidebar" are said of the article itself, and
// so are utilities of style sheets ("hover:share").
func sideName(name string) bool {
	if strings.HasPrefix(name, "no-") || strings.HasPrefix(name, "has-") || strings.HasPrefix(name, "have-") || strings.HasPrefix(name, "with-") || strings.Contains(name, ":") {
		return false
	}
	for _, part := range sideParts {
		if strings.Contains(name, part) {
			return true
		}
	}
	for w := range strings.FieldsFuncSeq(name, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		if sideWords[w] {
			return true
		}
	}
	return false
}

// noiseLine is a line that newsrooms put among paragraphs and that is no part
// of them. It is asked of single lines of bounded length.
var noiseLine = regexp.MustCompile(`^\W{0,4}(?:baca (?:juga|selengkapnya|lainnya|artikel|berita|pula)|simak (?:juga|berita|video|pula|breaking|update|selengkapnya)|lihat (?:juga|video)|tonton juga|artikel (?:terkait|lainnya)|berita (?:terkait|lainnya)|` +
	`bagikan|share (?:this|on)|scroll (?:untuk|to)|- ?advertisement|advertisement|iklan\W*$|tags?\s*:|tag terkait|label\s*:|editor\s*:|penulis\s*:|reporter\s*:|pewarta\s*:|uploader\s*:|fotografer\s*:|` +
	`ikuti (?:kami|berita|kabar|saluran)|follow\b|dapatkan (?:update|berita|informasi)|cek berita|(?:ketik|masukkan|isi) (?:alamat )?(?:e-?mail|surel)|update berita|klik (?:di sini|disini|link)|leave a (?:reply|comment)|copyright|hak cipta|©|dilihat|dibaca|` +
	`previous\b|next (?:post|article)|post views|\[gambas|ket(?:erangan)?\.? foto|dilarang (?:keras )?(?:mengambil|mengutip|menyalin)|read (?:also|more)|halaman\s*:?\s*\d|sumber\s*:\s*\S+(?: \S+)?$|(?:artikel|berita|konten) ini (?:telah|sudah|pernah) (?:tayang|terbit|dimuat)|(?:baca|klik|lanjut|selengkapnya)\b.{0,60}halaman (?:selanjutnya|berikutnya)|` +
	`(?:(?:yuk|ayo|mari),? )?(?:ber)?gabung .{0,60}(?:grup|channel|kanal|saluran|telegram|whatsapp)|laporkan (?:tulisan|artikel|konten|berita)|konten (?:berlanjut|ini disukai)|lanjutkan membaca|` +
	`(?:facebook|twitter|whatsapp|telegram|print|cetak|email|selanjutnya|sebelumnya|salin tautan|suka ini|memuat)\W*$)`)

// maxNoise is the length up to which a line can be such a line; a longer one
// only begins with the words.
const maxNoise = 260

// isNoise reports whether a line is one of those that are left out wherever
// they stand.
func isNoise(l *line) bool {
	if strings.HasPrefix(l.text, "#") && len(l.text) <= maxNoise && hashtags(l.text) {
		return true
	}
	return len(l.text) <= maxNoise && noiseLine.MatchString(l.low)
}

// hashtags reports whether a line is nothing but hashtags.
func hashtags(text string) bool {
	for w := range strings.FieldsSeq(text) {
		if w[0] != '#' {
			return false
		}
	}
	return true
}

// tailLine begins what follows an article: lists of others, comments.
var tailLine = regexp.MustCompile(`^(?:(?:berita|artikel|pos|postingan|konten|item) (?:terkait|lainnya|lain|terbaru|populer|serupa|menarik)|terkait|baca juga|rekomendasi(?: untuk anda)?|terkini lainnya|related (?:posts?|articles?|news)|` +
	`\d* ?komentar|\d+ comments?|tinggalkan (?:komentar|balasan)|tulis komentar|kirim komentar|beri komentar|leave a (?:reply|comment)|link terkait|lampiran|tentang penulis|bagikan(?: artikel| berita)?(?: ini)?|you may also like|jangan lewatkan)\W*$`)

// maxTail is the longest line that begins the end.
const maxTail = 40

func isTail(l *line) bool {
	return len(l.text) <= maxTail && tailLine.MatchString(l.low)
}
