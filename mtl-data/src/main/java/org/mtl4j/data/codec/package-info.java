/** Records as bytes and back, by their components: for files that the same program reads again. */
package org.mtl4j.data.codec;
