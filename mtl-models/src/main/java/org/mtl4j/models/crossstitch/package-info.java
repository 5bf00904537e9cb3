/** Cross-stitch networks: Misra and others 2016. */
package org.mtl4j.models.crossstitch;
