package org.mtl4j.core.schema;

/** Whose property a feature is. */
public enum FeatureGroup {
  /** The person's. */
  USER,
  /** The candidate's. */
  ITEM,
  /** The moment's: hour, device, page. */
  CONTEXT
}
