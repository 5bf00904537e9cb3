package org.mtl4j.cli.command;

import java.util.Map;
import java.util.TreeMap;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.catalogue.PublicDataset;

/** Finds public data sets by the names that users type. */
final class DatasetChoice {
  private DatasetChoice() {}

  /** The data set of a name; an error that names the nearest if there is none. */
  static PublicDataset of(Map<String, PublicDataset> datasets, String name) {
    PublicDataset dataset = datasets.get(name);
    if (dataset == null) {
      throw new MtlException(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              "mtl datasets",
              "There is no public data set \"" + name + "\".",
              Nearest.hint(name, new TreeMap<>(datasets).keySet())));
    }
    return dataset;
  }
}
