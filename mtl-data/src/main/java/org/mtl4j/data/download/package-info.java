/** Fetches the files of public data sets: resumed, verified, unpacked, whole or not at all. */
package org.mtl4j.data.download;
