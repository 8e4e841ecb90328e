package extract

import "pakta"

type officialRules struct{}

func newOfficialRules(*lexicon) officialRules { return officialRules{} }

func (d *document) readOfficials() {}

func (d *document) recordOfficials() []pakta.Official { return []pakta.Official{} }
