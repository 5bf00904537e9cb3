package org.mtl4j.server.model;

import java.nio.file.Path;
import java.util.Map;

/**
 * What exports of ours recommend with besides themselves.
 *
 * @param catalogues by model, items that requests may name by their ids
 * @param fusions by model, the file of {@code mtl fuse} that candidates are ranked by where a
 *     request does not say by what; of others it is the last binary output
 * @param explain whether requests may ask why: each version takes as much memory again
 */
public record Recommending(
    Map<String, CatalogueSource> catalogues, Map<String, Path> fusions, boolean explain) {
  /** Neither items nor fusions nor explanations. */
  public static final Recommending NONE = new Recommending(Map.of(), Map.of(), false);

  /** Copies the maps. */
  public Recommending {
    catalogues = Map.copyOf(catalogues);
    fusions = Map.copyOf(fusions);
  }
}
