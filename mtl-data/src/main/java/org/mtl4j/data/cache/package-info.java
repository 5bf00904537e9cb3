/**
 * Homes for encoded rows outside the heap: files that are mapped into memory, of one run or kept
 * for the next.
 */
package org.mtl4j.data.cache;
