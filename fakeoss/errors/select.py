"""Refusals of SelectObject and CreateSelectObjectMeta; some travel in the end frame of a 206 answer."""

from __future__ import annotations

from fakeoss.errors.base import Row

InvalidSqlParameter = Row(
    "InvalidSqlParameter",
    400,
    "The SQL expression is empty, too long or not base64.",
    source="reference 2022; wording ours",
)
InvalidInputFieldDelimiter = Row(
    "InvalidInputFieldDelimiter", 400, "Invalid input FieldDelimiter parameter.", source="reference 2022; wording ours"
)
InvalidInputRecordDelimiter = Row(
    "InvalidInputRecordDelimiter",
    400,
    "Invalid RecordDelimiter parameter:{value}",
    "0016-00000829",
    source="reference 2022; SDK tests",
)
InvalidInputQuote = Row(
    "InvalidInputQuote", 400, "Invalid input QuoteCharacter parameter.", source="reference 2022; wording ours"
)
InvalidOutputFieldDelimiter = Row(
    "InvalidOutputFieldDelimiter",
    400,
    "Invalid FieldDelimiter parameter:{value}",
    "0016-00000828",
    source="reference 2022; SDK tests",
)
InvalidOutputRecordDelimiter = Row(
    "InvalidOutputRecordDelimiter",
    400,
    "Invalid output RecordDelimiter parameter.",
    source="reference 2022; wording ours",
)
UnsupportedCompressionFormat = Row(
    "UnsupportedCompressionFormat",
    400,
    "The compression type must be NONE or GZIP.",
    source="reference 2022; wording ours",
)
InvalidCommentCharacter = Row(
    "InvalidCommentCharacter", 400, "Invalid CommentCharacter parameter.", source="reference 2022; wording ours"
)
InvalidSelectRange = Row(
    "InvalidRange", 400, "The split range is invalid. {detail}", "0016-00000817", source="reference 2022; SDK tests"
)
DecompressFailure = Row(
    "DecompressFailure", 400, "The object could not be decompressed.", source="reference 2022; wording ours"
)
InvalidMaxSkippedRecordsAllowed = Row(
    "InvalidMaxSkippedRecordsAllowed",
    400,
    "MaxSkippedRecordsAllowed is not an integer.",
    source="reference 2022; wording ours",
)
SelectCsvMetaUnavailable = Row(
    "SelectCsvMetaUnavailable",
    400,
    "The select meta of the object has not been created.",
    source="reference 2022; wording ours",
)
InvalidTextEncoding = Row(
    "InvalidTextEncoding", 400, "The object is not encoded as UTF-8.", source="reference 2022; wording ours"
)
InvalidOSSSelectParameters = Row(
    "InvalidOSSSelectParameters",
    400,
    "EnablePayloadCrc and OutputRawData can not both be true.",
    source="reference 2022; wording ours",
)
SqlSyntaxError = Row(
    "SqlSyntaxError", 400, "The SQL expression has a syntax error.", source="reference 2022; wording ours"
)
SqlExceedsMaxInCount = Row(
    "SqlExceedsMaxInCount", 400, "The IN list holds more than 1024 values.", source="reference 2022; wording ours"
)
SqlExceedsMaxColumnNameLength = Row(
    "SqlExceedsMaxColumnNameLength",
    400,
    "A column name is longer than 1024 bytes.",
    source="reference 2022; wording ours",
)
SqlInvalidColumnIndex = Row(
    "SqlInvalidColumnIndex", 400, "The column index must lie between 1 and 1000.", source="reference 2022; wording ours"
)
SqlAggregationOnNonNumericType = Row(
    "SqlAggregationOnNonNumericType",
    400,
    "An aggregation needs a numeric column.",
    source="reference 2022; wording ours",
)
SqlInvalidAggregationOnTimestamp = Row(
    "SqlInvalidAggregationOnTimestamp",
    400,
    "SUM and AVG can not be used on timestamps.",
    source="reference 2022; wording ours",
)
SqlValueTypeOfInMustBeSame = Row(
    "SqlValueTypeOfInMustBeSame",
    400,
    "All values of IN must be of the same type.",
    source="reference 2022; wording ours",
)
SqlInvalidEscapeChar = Row(
    "SqlInvalidEscapeChar", 400, "The escape character is not allowed.", source="reference 2022; wording ours"
)
SqlOnlyOneEscapeCharIsAllowed = Row(
    "SqlOnlyOneEscapeCharIsAllowed", 400, "Only one escape character is allowed.", source="reference 2022; wording ours"
)
SqlNoCharAfterEscapeChar = Row(
    "SqlNoCharAfterEscapeChar", 400, "No character follows the escape character.", source="reference 2022; wording ours"
)
SqlInvalidLimitValue = Row(
    "SqlInvalidLimitValue", 400, "The LIMIT value must be greater than 0.", source="reference 2022; wording ours"
)
SqlExceedsMaxWildCardCount = Row(
    "SqlExceedsMaxWildCardCount",
    400,
    "The LIKE pattern holds too many wildcards.",
    source="reference 2022; wording ours",
)
SqlExceedsMaxConditionCount = Row(
    "SqlExceedsMaxConditionCount",
    400,
    "The SQL expression holds too many conditions.",
    source="reference 2022; wording ours",
)
SqlExceedsMaxConditionDepth = Row(
    "SqlExceedsMaxConditionDepth", 400, "The conditions are nested too deep.", source="reference 2022; wording ours"
)
SqlOneColumnCastToDifferentTypes = Row(
    "SqlOneColumnCastToDifferentTypes",
    400,
    "One column is cast to different types.",
    source="reference 2022; wording ours",
)
SqlOperationAppliedToDifferentTypes = Row(
    "SqlOperationAppliedToDifferentTypes",
    400,
    "An operator is applied to different types.",
    source="reference 2022; wording ours",
)
SqlInvalidColumnName = Row(
    "SqlInvalidColumnName", 400, "The column name does not exist in the header.", source="reference 2022; wording ours"
)
SqlNotSupportedTimestampFormat = Row(
    "SqlNotSupportedTimestampFormat",
    400,
    "The timestamp format is not supported.",
    source="reference 2022; wording ours",
)
SqlNotMatchTimestampFormat = Row(
    "SqlNotMatchTimestampFormat",
    400,
    "The value does not match the timestamp format.",
    source="reference 2022; wording ours",
)
SqlInvalidTimestampValue = Row(
    "SqlInvalidTimestampValue", 400, "The value is not a valid timestamp.", source="reference 2022; wording ours"
)
SqlInvalidLikeOperand = Row(
    "SqlInvalidLikeOperand", 400, "The operands of LIKE are invalid.", source="reference 2022; wording ours"
)
SqlInvalidMixOfAggregationAndColumn = Row(
    "SqlInvalidMixOfAggregationAndColumn",
    400,
    "Aggregations and columns can not be mixed.",
    source="reference 2022; wording ours",
)
SqlExceedsMaxAggregationCount = Row(
    "SqlExceedsMaxAggregationCount",
    400,
    "The SQL expression holds too many aggregations.",
    source="reference 2022; wording ours",
)
SqlInvalidMixOfStarAndColumn = Row(
    "SqlInvalidMixOfStarAndColumn", 400, "The star and columns can not be mixed.", source="reference 2022; wording ours"
)
SqlInvalidKeepAllColumnsWithAggregation = Row(
    "SqlInvalidKeepAllColumnsWithAggregation",
    400,
    "KeepAllColumns can not be used with aggregations.",
    source="reference 2022; wording ours",
)
SqlInvalidKeepAllColumnsWithDuplicateColumn = Row(
    "SqlInvalidKeepAllColumnsWithDuplicateColumn",
    400,
    "KeepAllColumns can not be used with duplicate columns.",
    source="reference 2022; wording ours",
)
SqlInvalidSqlAfterAnalysis = Row(
    "SqlInvalidSqlAfterAnalysis", 400, "The SQL expression is too complex.", source="reference 2022; wording ours"
)
InvalidArithmeticOperand = Row(
    "InvalidArithmeticOperand", 400, "An arithmetic operand is not a number.", source="reference 2022; wording ours"
)
SqlInvalidAndOperand = Row(
    "SqlInvalidAndOperand", 400, "An operand of AND is not a boolean.", source="reference 2022; wording ours"
)
SqlInvalidOrOperand = Row(
    "SqlInvalidOrOperand", 400, "An operand of OR is not a boolean.", source="reference 2022; wording ours"
)
SqlInvalidNotOperand = Row(
    "SqlInvalidNotOperand", 400, "The operand of NOT is not a boolean.", source="reference 2022; wording ours"
)
SqlInvalidIsNullOperand = Row(
    "SqlInvalidIsNullOperand",
    400,
    "The operand of IS NULL can not be a constant.",
    source="reference 2022; wording ours",
)
SqlComparerOperandTypeMismatch = Row(
    "SqlComparerOperandTypeMismatch",
    400,
    "The operands of the comparison have different types.",
    source="reference 2022; wording ours",
)
SqlInvalidConcatOperand = Row(
    "SqlInvalidConcatOperand", 400, "Two constants can not be concatenated.", source="reference 2022; wording ours"
)
SqlUnsupportedSql = Row(
    "SqlUnsupportedSql", 400, "The SQL expression is not supported.", source="reference 2022; wording ours"
)
HeaderInfoExceedsMaxSize = Row(
    "HeaderInfoExceedsMaxSize", 400, "The header of the object is too large.", source="reference 2022; wording ours"
)
OutputExceedsMaxSize = Row(
    "OutputExceedsMaxSize", 400, "An output row is too large.", source="reference 2022; wording ours"
)
InvalidCsvLine = Row(
    "InvalidCsvLine", 400, "A line of the CSV object is invalid.", source="reference 2022; wording ours"
)
NegativeRowIndex = Row(
    "NegativeRowIndex", 400, "An array index can not be negative.", source="reference 2022; wording ours"
)
ExceedsMaxNestedColumnDepth = Row(
    "ExceedsMaxNestedColumnDepth", 400, "The JSON path is too deep.", source="reference 2022; wording ours"
)
NestedColumnNotSupportedInCsv = Row(
    "NestedColumnNotSupportedInCsv",
    400,
    "Nested columns are not supported in CSV.",
    source="reference 2022; wording ours",
)
TableRootNodeOnlySupportInJson = Row(
    "TableRootNodeOnlySupportInJson",
    400,
    "A root path is supported in JSON only.",
    source="reference 2022; wording ours",
)
JsonNodeExceedsMaxSize = Row(
    "JsonNodeExceedsMaxSize", 400, "A JSON node is too large.", source="reference 2022; wording ours"
)
InvalidJsonData = Row(
    "InvalidJsonData",
    400,
    "Invalid value.The current offset is:{n}.The incorrect json data:'{data}'.",
    "0016-00000801",
    source="reference 2022; SDK tests",
)
ExceedsMaxJsonArraySize = Row(
    "ExceedsMaxJsonArraySize", 400, "A JSON array is too long.", source="reference 2022; wording ours"
)
WildCardNotAllowed = Row(
    "WildCardNotAllowed",
    400,
    "The wildcard [*] is not allowed in SELECT or WHERE.",
    source="reference 2022; wording ours",
)
JsonNodeExceedsMaxDepth = Row(
    "JsonNodeExceedsMaxDepth", 400, "A JSON node is nested too deep.", source="reference 2022; wording ours"
)
