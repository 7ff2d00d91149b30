//go:build race

package names

func init() { underRace = true }
