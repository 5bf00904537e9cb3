/** Writes SavedModel and manifest, the only things that cross to serving. */
package org.mtl4j.core.export;
