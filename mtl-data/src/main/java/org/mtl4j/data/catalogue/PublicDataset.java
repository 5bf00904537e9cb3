package org.mtl4j.data.catalogue;

import java.nio.file.Path;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.data.table.TableSource;

/**
 * A public data set: what is known of it, and a source that reads its files as they are published.
 * A Guice module binds it; its name is then a {@code data.source.type}, and {@code mtl datasets}
 * knows it.
 */
public interface PublicDataset {
  /** The name, of lower-case letters, digits and underscores. */
  String name();

  /** What is known of it. */
  DatasetCard card();

  /** The source, with the record that its keys are read into. */
  ConfiguredFactory<?, TableSource> factory();

  /**
   * The source over an edition as it was fetched, with the default of every key but the path.
   *
   * @throws org.mtl4j.core.error.MtlException if the files are not there, or not those of the set
   */
  TableSource open(Path folder);
}
