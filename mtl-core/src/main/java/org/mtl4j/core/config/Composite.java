package org.mtl4j.core.config;

import java.util.Map;

/**
 * A configuration that holds choices from the very set that it is a member of: sources that are
 * read as one. The {@link Registry} looks at them when it looks at the whole, so that what is wrong
 * with them is reported, and their defaults are filled in, before anything is made.
 */
public interface Composite {
  /** The choices by name, in order. */
  Map<String, Choice> choices();

  /** The same configuration with these choices in place of its own. */
  Record with(Map<String, Choice> choices);
}
