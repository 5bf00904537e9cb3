package org.mtl4j.core.schema;

import java.util.Locale;

/** Whose property a feature is. */
public enum FeatureGroup {
  /** The person's. */
  USER,
  /** The candidate's. */
  ITEM,
  /** The moment's: hour, device, page. */
  CONTEXT;

  /** As experiment files and manifests spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
