package events

// What each database says of the use of its data, in our words. A row carries
// the note of its database; whoever releases rows to others reads it first.
const (
	licenceACLED = "ACLED: use is bound to ACLED's terms of use and attribution policy. Check the licence before rows are passed on."
	licenceUCDP  = "UCDP Georeferenced Event Dataset: Creative Commons Attribution 4.0. Cite the dataset, its version and its article."
	licenceGDELT = "The GDELT Project: free for any use; each use and copy cites the GDELT Project and links to gdeltproject.org."
)
