package org.mtl4j.data.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.data.catalogue.DatasetCard;
import org.mtl4j.data.catalogue.Edition;
import org.mtl4j.data.catalogue.PublicDataset;
import org.mtl4j.data.catalogue.RemoteFile;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/** A set of one file, pairs/rows.csv, with two columns. */
record PairSet(RemoteFile file) implements PublicDataset {
  /** The keys. */
  record Config(Path path) {}

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Pairs",
        URI.create("http://localhost/pairs"),
        "none",
        "nobody",
        List.of("a", "b"),
        List.of(Edition.of("full", file)));
  }

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(Config.class, TableSource.class, c -> open(c.path()));
  }

  @Override
  public TableSource open(Path folder) {
    List<Path> files = List.of(folder.resolve("pairs/rows.csv"));
    return new TableSource(
        "pairs", TextTable.withHeader(files, TextFormat.plain(","), List.of()), Set.of());
  }
}
