package extract

type officialRules struct{}

func newOfficialRules(*lexicon) officialRules { return officialRules{} }

func (d *document) readOfficials() {}
