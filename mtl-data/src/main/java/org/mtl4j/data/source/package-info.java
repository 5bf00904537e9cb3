/** Sources that read bytes: files in, rows out. They know nothing of tasks and features. */
package org.mtl4j.data.source;
