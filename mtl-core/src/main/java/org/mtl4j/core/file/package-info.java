/** Files and folders that are whole whenever they have their name, and belong to one process. */
package org.mtl4j.core.file;
