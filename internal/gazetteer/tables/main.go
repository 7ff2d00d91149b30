// Command tables makes the tables of internal/gazetteer/data that come from
// public files, so that anybody can make them again or newer:
//
//		go run ./internal/gazetteer/tables --cities cities500.txt \
//		    --counties counties-10m.json --names en.json --codes regions
//		go generate ./internal/gazetteer
//
//	  - cities500.txt, GeoNames (CC BY 4.0): towns.tsv.gz, see pick.
//	  - counties-10m.json, the counties of the United States as TopoJSON after the
//	    Census Bureau's cartographic boundary files (public domain): counties.tsv
//	    with the middle of each county's area.
//	  - en.json, Unicode CLDR's English names of ISO 3166-2 codes (Unicode
//	    licence), and a folder of JSON files XX/en_ref.json that tell GeoNames'
//	    code for each ISO code: divisions.tsv with the provinces of the world,
//	    each in the middle of its towns.
//
// The tables are read when embedded.bin is made; the program does not need them.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	cities := flag.String("cities", "", "GeoNames cities500.txt")
	counties := flag.String("counties", "", "TopoJSON with an object counties")
	names := flag.String("names", "", "CLDR subdivision names, en.json")
	codes := flag.String("codes", "", "folder of XX/en_ref.json")
	out := flag.String("out", "internal/gazetteer/data", "folder to write to")
	flag.Parse()
	if *cities == "" || *counties == "" || *names == "" || *codes == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(*cities, *counties, *names, *codes, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(cities, counties, names, codes, out string) error {
	towns, err := readTowns(cities)
	if err != nil {
		return err
	}
	if err := writeTowns(filepath.Join(out, "towns.tsv.gz"), towns); err != nil {
		return err
	}
	all, err := readCounties(counties)
	if err != nil {
		return err
	}
	if err := writeCounties(filepath.Join(out, "counties.tsv"), all, towns); err != nil {
		return err
	}
	divisions, err := readDivisions(names, codes, towns)
	if err != nil {
		return err
	}
	if err := writeDivisions(filepath.Join(out, "divisions.tsv"), divisions); err != nil {
		return err
	}
	fmt.Printf("%d towns read, %d counties, %d provinces\n", len(towns), len(all), len(divisions))
	return nil
}
