/** Which rows are for training, which for validation, which for the test. */
package org.mtl4j.data.split;
