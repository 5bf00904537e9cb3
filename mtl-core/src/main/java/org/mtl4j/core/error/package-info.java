/** What can go wrong, and how it is said: what, expected, found, where, remedy. */
package org.mtl4j.core.error;
