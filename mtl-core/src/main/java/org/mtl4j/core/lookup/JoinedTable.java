package org.mtl4j.core.lookup;

import org.mtl4j.core.error.MtlException;

/**
 * A table and what rows get from it.
 *
 * @param spec what rows get
 * @param table where it is
 */
public record JoinedTable(LookupSpec spec, LookupTable table) {
  /** Where a table that knows no place of its own says that its keys are. */
  public static final String PLACE = "lookup";

  /** Makes it ready to be asked; whoever opens it closes it. */
  public FeatureLookup open() {
    try {
      return table.open(spec.key(), spec.columns().stream().map(LookupSpec.Column::name).toList());
    } catch (MtlException e) {
      throw placed(spec.name(), e);
    }
  }

  /** A failure at the keys of the lookup, where it has no other place, and which names them so. */
  public static MtlException placed(String name, MtlException failure) {
    String here = "data.lookups." + name;
    return failure
        .placed(
            place ->
                place.isEmpty() || place.equals(PLACE)
                    ? here
                    : place.startsWith(PLACE + ".")
                        ? here + place.substring(PLACE.length())
                        : place)
        .moved(PLACE + ".source", here + ".source");
  }
}
