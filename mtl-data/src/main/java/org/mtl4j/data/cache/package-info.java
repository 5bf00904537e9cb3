/** A home for encoded rows outside the heap: files that are mapped into memory. */
package org.mtl4j.data.cache;
