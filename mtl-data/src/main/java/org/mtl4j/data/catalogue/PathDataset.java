package org.mtl4j.data.catalogue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TableSource;

/** A public data set of which nothing is configured but where its files are. */
abstract class PathDataset implements PublicDataset {
  private final Set<String> missing;

  /** A set, of which these texts stand for a missing value. */
  PathDataset(String... missing) {
    this.missing = Set.of(missing);
  }

  /** The rows of what the key {@code path} names. */
  abstract Table table(List<String> path);

  @Override
  public final ConfiguredFactory<PathConfig, TableSource> factory() {
    return new ConfiguredFactory<>(PathConfig.class, TableSource.class, this::source);
  }

  @Override
  public final TableSource open(Path folder) {
    return source(new PathConfig(List.of(folder.toString())));
  }

  private TableSource source(PathConfig config) {
    return new TableSource(name(), table(config.path()), missing);
  }
}
