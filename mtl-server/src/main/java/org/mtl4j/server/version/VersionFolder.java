package org.mtl4j.server.version;

import java.nio.file.Path;

/**
 * A version as it lies on the disk.
 *
 * @param version its number
 * @param folder where it is
 * @param files names, lengths and times of all of its files, such that another copy of the same
 *     files is another version of them
 */
public record VersionFolder(long version, Path folder, String files) {}
